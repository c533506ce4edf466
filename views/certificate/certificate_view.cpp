// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/certificate/certificate_view.h"

#include <QHeaderView>
#include <QLabel>
#include <QTableView>
#include <QVBoxLayout>

#include "views/certificate/certificate_model.h"
#include "views/certificate/verdict_text.h"

namespace a2q::views {

CertificateView::CertificateView(QWidget* parent)
    : QWidget(parent),
      verdict_(new QLabel),
      table_(new QTableView),
      model_(new CertificateModel(this)) {
  constexpr QSize kSmallest(300, 110);
  setMinimumSize(kSmallest);
  setObjectName(QStringLiteral("certificate"));
  setAccessibleName(tr("Certificate"));
  verdict_->setWordWrap(true);
  verdict_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  verdict_->setAccessibleName(tr("Verdict"));
  table_->setModel(model_);
  table_->setAccessibleName(tr("Certificate, a layer a row"));
  table_->setSelectionBehavior(QAbstractItemView::SelectRows);
  table_->setAlternatingRowColors(true);
  table_->setWordWrap(false);
  table_->setTabKeyNavigation(false);
  table_->verticalHeader()->hide();
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(8, 6, 8, 6);
  column->addWidget(verdict_);
  column->addWidget(table_, 1);
  column->addStretch(0);
  clear();
}

void CertificateView::showRecord(const RunRecord& record) {
  constexpr int kRoom = 12;
  model_->show(record.certificate);
  table_->setVisible(!record.certificate.layers.empty());
  setVerdict(verdictText(record), QFont::Bold);
  table_->resizeColumnsToContents();
  for (int i = 0; i < model_->columnCount(); ++i) {
    table_->setColumnWidth(i, table_->columnWidth(i) + kRoom);
  }
  table_->resizeRowsToContents();
}

void CertificateView::clear() {
  model_->show({});
  table_->hide();
  setVerdict(tr("The certificate appears when a training ends: for every layer the exact range its "
                "accumulator can reach, and whether that fits."),
             QFont::Normal);
}

void CertificateView::setVerdict(const QString& text, QFont::Weight weight) {
  QFont font = verdict_->font();
  font.setWeight(weight);
  verdict_->setFont(font);
  verdict_->setText(text);
}

QString CertificateView::verdict() const { return verdict_->text(); }

int CertificateView::layerCount() const { return model_->rowCount(); }

}  // namespace a2q::views
