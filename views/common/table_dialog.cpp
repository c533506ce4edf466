// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/table_dialog.h"

#include <QAction>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>
#include <map>

#include "views/common/csv_table.h"

namespace a2q::views {

TableDialog::TableDialog(const QString& title, std::function<QString()> csv, QWidget* parent)
    : QDialog(parent), csv_(std::move(csv)), model_(new CsvTable(this)), table_(new QTableView) {
  constexpr QSize kFirstSize(640, 420);
  setAttribute(Qt::WA_DeleteOnClose);
  setWindowTitle(tr("%1: values").arg(title));
  resize(kFirstSize);
  table_->setModel(model_);
  table_->setAccessibleName(windowTitle());
  table_->setAlternatingRowColors(true);
  table_->setWordWrap(false);
  auto* copy = new QAction(tr("&Copy"), table_);
  connect(copy, &QAction::triggered, this, &TableDialog::copy);
  table_->addAction(copy);
  table_->installEventFilter(this);
  table_->setContextMenuPolicy(Qt::ActionsContextMenu);

  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
  auto* copy_button = buttons->addButton(tr("&Copy"), QDialogButtonBox::ActionRole);
  copy_button->setToolTip(tr("Copies the chosen cells, or all of them when none is chosen"));
  connect(copy_button, &QPushButton::clicked, this, &TableDialog::copy);
  auto* refresh_button = buttons->addButton(tr("&Refresh"), QDialogButtonBox::ActionRole);
  refresh_button->setToolTip(tr("Reads what the plot shows now"));
  connect(refresh_button, &QPushButton::clicked, this, &TableDialog::refresh);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
  auto* column = new QVBoxLayout(this);
  column->addWidget(table_, 1);
  column->addWidget(buttons);
  refresh();
}

bool TableDialog::eventFilter(QObject* watched, QEvent* event) {
  // A table view on its own copies one cell only.
  if (watched == table_ && event->type() == QEvent::KeyPress &&
      static_cast<QKeyEvent*>(event)->matches(QKeySequence::Copy)) {
    copy();
    return true;
  }
  return QDialog::eventFilter(watched, event);
}

void TableDialog::refresh() {
  constexpr int kRowsMeasured = 50;
  model_->show(csv_());
  table_->horizontalHeader()->setResizeContentsPrecision(kRowsMeasured);
  table_->resizeColumnsToContents();
}

void TableDialog::copy() const {
  std::map<int, std::map<int, QString>> cells;
  const QModelIndexList chosen = table_->selectionModel()->selectedIndexes();
  for (const QModelIndex& index : chosen)
    cells[index.row()][index.column()] = index.data().toString();
  if (chosen.isEmpty()) {
    QGuiApplication::clipboard()->setText(csv_());
    return;
  }
  QStringList lines;
  for (const auto& [row, values] : cells) {
    QStringList line;
    for (const auto& [column, text] : values) line << text;
    lines << line.join(QLatin1Char('\t'));
  }
  QGuiApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
}

}  // namespace a2q::views
