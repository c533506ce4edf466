// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/checks/check_list.h"

#include <QHeaderView>

#include "views/common/plot_theme.h"

namespace a2q::views {

QString checkStateText(const CheckResult& check) {
  constexpr int kPercent = 100;
  switch (check.state) {
    case CheckState::kNotRun: return CheckList::tr("– not run");
    case CheckState::kRunning:
      return CheckList::tr("◌ %1 %").arg(static_cast<int>(check.progress * kPercent));
    case CheckState::kPassed: return CheckList::tr("✓ passed");
    case CheckState::kFailed: return CheckList::tr("✗ FAILED");
  }
  return {};
}

CheckList::CheckList(QWidget* parent) : QTableWidget(parent) {
  setAccessibleName(tr("Checks, a row each"));
  setColumnCount(3);
  setHorizontalHeaderLabels({tr("State"), tr("Check"), tr("Found")});
  setEditTriggers(NoEditTriggers);
  setSelectionBehavior(SelectRows);
  setSelectionMode(SingleSelection);
  setTabKeyNavigation(false);
  setWordWrap(true);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);  // the last column takes what is left
  verticalHeader()->hide();
  horizontalHeader()->setStretchLastSection(true);
  horizontalHeader()->setHighlightSections(false);
}

void CheckList::show(const std::vector<CheckResult>& checks) {
  const int chosen = currentRow();
  setRowCount(static_cast<int>(checks.size()));
  for (int row = 0; row < rowCount(); ++row) {
    const CheckResult& check = checks[static_cast<std::size_t>(row)];
    const QString text = QString::fromStdString(check.text);
    const QStringList cells{checkStateText(check), QString::fromUtf8(checkTitle(check.kind).data()),
                            text};
    for (int column = 0; column < columnCount(); ++column) {
      auto* cell = new QTableWidgetItem(cells[column]);
      cell->setToolTip(text.isEmpty() ? cells[1] : text);
      cell->setTextAlignment(Qt::AlignTop | Qt::AlignLeft);
      if (column == 0 && check.state == CheckState::kFailed) {
        cell->setForeground(plotTheme(palette()).limit);
      }
      setItem(row, column, cell);
    }
  }
  resizeColumnToContents(0);
  // The longest of both, so that progress does not shake the column.
  constexpr int kRoom = 24;
  setColumnWidth(0,
                 std::max(columnWidth(0), fontMetrics().horizontalAdvance(tr("✗ FAILED")) + kRoom));
  shareWidth();
  if (chosen >= 0) selectRow(chosen);
}

void CheckList::resizeEvent(QResizeEvent* event) {
  QTableWidget::resizeEvent(event);
  shareWidth();
}

void CheckList::shareWidth() {
  constexpr int kTitles = 35;  // per cent
  setColumnWidth(1, viewport()->width() * kTitles / 100);
  resizeRowsToContents();
}

}  // namespace a2q::views
