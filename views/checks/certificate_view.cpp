// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/checks/certificate_view.h"

#include <QHeaderView>
#include <QItemSelectionModel>
#include <QLabel>
#include <QSignalBlocker>
#include <QTableView>
#include <QVBoxLayout>

#include "views/checks/certificate_columns.h"
#include "views/checks/certificate_model.h"
#include "views/checks/verdict_text.h"

namespace a2q::views {

CertificateView::CertificateView(QWidget* parent)
    : QWidget(parent),
      verdict_(new QLabel),
      policies_(new QLabel),
      table_(new QTableView),
      model_(new CertificateModel(this)) {
  constexpr int kLeastWidth = 260;
  setMinimumWidth(kLeastWidth);
  setObjectName(QStringLiteral("certificate"));
  setAccessibleName(tr("Certificate"));
  verdict_->setWordWrap(true);
  verdict_->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Minimum);
  verdict_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  verdict_->setAccessibleName(tr("Verdict"));
  table_->setModel(model_);
  table_->setAccessibleName(tr("Certificate, a layer a row"));
  table_->setSelectionBehavior(QAbstractItemView::SelectRows);
  table_->setAlternatingRowColors(true);
  table_->setWordWrap(false);
  table_->setTabKeyNavigation(false);
  table_->verticalHeader()->hide();
  table_->setSelectionMode(QAbstractItemView::SingleSelection);
  policies_->setWordWrap(true);
  policies_->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Minimum);
  policies_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  policies_->setAccessibleName(tr("What the four policies for accumulators need"));
  connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
          [this](const QModelIndex& current) {
            if (current.isValid()) Q_EMIT layerChosen(model_->layerAt(current.row()));
          });
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(8, 6, 8, 6);
  constexpr int kLeastTable = 40;
  table_->setMinimumHeight(kLeastTable);
  // What is scarce is taken from the table, which scrolls, not from the words.
  table_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Ignored);
  column->addWidget(verdict_);
  column->addWidget(table_, 1);
  column->addWidget(policies_);
  column->addStretch(0);
  clear();
}

void CertificateView::showRecord(const RunRecord& record) {
  constexpr int kRoom = 12;
  model_->show(record.certificate);
  table_->setVisible(!record.certificate.layers.empty());
  setVerdict(verdictText(record), QFont::Bold);
  policies_->setText(policiesLine(record.certificate));
  policies_->setToolTip(policiesText(record.certificate));
  policies_->setAccessibleDescription(policies_->toolTip());
  verdict_->setToolTip(policies_->toolTip());
  shareHeight();
  table_->resizeColumnsToContents();
  for (int i = 0; i < model_->columnCount(); ++i) {
    table_->setColumnWidth(i, table_->columnWidth(i) + kRoom);
  }
  table_->resizeRowsToContents();
}

void CertificateView::clear() {
  model_->show({});
  table_->hide();
  policies_->hide();
  verdict_->setToolTip({});
  setVerdict(tr("The certificate appears when a training ends: for every layer the exact range its "
                "accumulator can reach, and whether that fits."),
             QFont::Normal);
}

void CertificateView::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  shareHeight();
}

void CertificateView::shareHeight() {
  constexpr int kLeastRows = 4;  // the heading, two layers and a scroll bar
  const int width = contentsRect().width() - layout()->contentsMargins().left() -
                    layout()->contentsMargins().right();
  const int needed = verdict_->heightForWidth(width) + policies_->heightForWidth(width) +
                     kLeastRows * table_->horizontalHeader()->sizeHint().height() +
                     2 * layout()->spacing();
  policies_->setVisible(layerCount() > 0 && needed <= contentsRect().height());
}

void CertificateView::setVerdict(const QString& text, QFont::Weight weight) {
  QFont font = verdict_->font();
  font.setWeight(weight);
  verdict_->setFont(font);
  verdict_->setText(text);
}

void CertificateView::setLayer(const QString& layer) {
  const int row = model_->rowOf(layer);
  if (row == table_->currentIndex().row()) return;
  const QSignalBlocker quiet(this);
  if (row < 0) {
    table_->setCurrentIndex({});
    table_->clearSelection();
  } else {
    table_->selectRow(row);
  }
}

QString CertificateView::verdict() const { return verdict_->text(); }

int CertificateView::layerCount() const { return model_->rowCount(); }

}  // namespace a2q::views
