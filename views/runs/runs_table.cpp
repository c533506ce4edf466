// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/runs/runs_table.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <algorithm>

namespace a2q::views {
namespace {

QString quoted(QString cell) {
  if (!cell.contains(QLatin1Char(',')) && !cell.contains(QLatin1Char('"')) &&
      !cell.contains(QLatin1Char('\n'))) {
    return cell;
  }
  cell.replace(QLatin1Char('"'), QStringLiteral("\"\""));
  return QLatin1Char('"') + cell + QLatin1Char('"');
}

QString csvLine(QStringList cells) {
  for (QString& cell : cells) cell = quoted(cell);
  return cells.join(QLatin1Char(',')) + QLatin1Char('\n');
}

}  // namespace

RunsTable::RunsTable(RunsModel& model, RunsProxy& proxy, QWidget* parent)
    : QTableView(parent), model_(model), proxy_(proxy) {
  setModel(&proxy);
  setAccessibleName(tr("Runs of the project, a run a row"));
  setAccessibleDescription(
      tr("Space compares the runs chosen, Enter shows one in the panes, B makes it the baseline"));
  setSelectionBehavior(SelectRows);
  setSelectionMode(ExtendedSelection);
  setEditTriggers(NoEditTriggers);
  setAlternatingRowColors(true);
  setTabKeyNavigation(false);
  setWordWrap(false);
  setHorizontalScrollMode(ScrollPerPixel);
  setContextMenuPolicy(Qt::CustomContextMenu);
  verticalHeader()->hide();
  verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
  constexpr int kRowRoom = 8;
  verticalHeader()->setDefaultSectionSize(fontMetrics().height() + kRowRoom);
  QHeaderView& header = *horizontalHeader();
  header.setResizeContentsPrecision(0);
  header.setSectionsMovable(true);
  header.setSortIndicatorClearable(true);
  header.setSortIndicator(-1, Qt::AscendingOrder);
  header.setHighlightSections(false);
  setSortingEnabled(true);
  // Settings that differ are what one looks for: beside the name, not at the far end.
  connect(&proxy, &QAbstractItemModel::columnsInserted, this,
          [&header](const QModelIndex&, int first, int last) {
            int place = header.visualIndex(static_cast<int>(RunColumn::kName));
            for (int column = first; column <= last; ++column) {
              header.moveSection(header.visualIndex(column), ++place);
            }
          });
  connect(this, &QTableView::doubleClicked, this, [this](const QModelIndex& index) {
    if (index.column() != static_cast<int>(RunColumn::kVisible)) activateCurrent();
  });
}

std::vector<int> RunsTable::chosenRows() const {
  QModelIndexList chosen = selectionModel()->selectedRows();
  std::ranges::sort(chosen, {}, [](const QModelIndex& index) { return index.row(); });
  std::vector<int> rows;
  rows.reserve(static_cast<std::size_t>(chosen.size()));
  for (const QModelIndex& index : chosen) rows.push_back(proxy_.mapToSource(index).row());
  return rows;
}

int RunsTable::currentRow() const { return proxy_.mapToSource(currentIndex()).row(); }

QStringList RunsTable::cells(int row) const {
  QStringList out;
  for (int column = 0; column < proxy_.columnCount(); ++column) {
    const QModelIndex index = proxy_.index(row, column);
    const bool mark = column == static_cast<int>(RunColumn::kVisible) ||
                      column == static_cast<int>(RunColumn::kColor);
    out << index.data(mark ? Qt::AccessibleTextRole : Qt::DisplayRole).toString();
  }
  return out;
}

QString RunsTable::csvText() const {
  QStringList headings;
  for (int column = 0; column < proxy_.columnCount(); ++column) {
    headings << proxy_.headerData(column, Qt::Horizontal).toString();
  }
  QString text = csvLine(headings);
  for (int row = 0; row < proxy_.rowCount(); ++row) text += csvLine(cells(row));
  return text;
}

void RunsTable::copyChosen() const {
  QString text;
  QModelIndexList chosen = selectionModel()->selectedRows();
  std::ranges::sort(chosen, {}, [](const QModelIndex& index) { return index.row(); });
  for (const QModelIndex& index : chosen) {
    text += cells(index.row()).join(QLatin1Char('\t')) + QLatin1Char('\n');
  }
  QGuiApplication::clipboard()->setText(text);
}

void RunsTable::toggleChosen() {
  const std::vector<int> rows = chosenRows();
  const bool all = std::ranges::all_of(rows, [this](int row) { return model_.isVisible(row); });
  model_.setVisible(rows, !all);
}

void RunsTable::toggleBaseline() {
  if (currentRow() >= 0) model_.toggleBaseline(currentRow());
}

void RunsTable::activateCurrent() {
  if (currentRow() < 0) return;
  Q_EMIT runActivated(QString::fromStdString(model_.row(currentRow()).uuid));
}

void RunsTable::fitColumns() {
  constexpr int kRoom = 16;
  resizeColumnsToContents();
  for (int i = 0; i < proxy_.columnCount(); ++i) setColumnWidth(i, columnWidth(i) + kRoom);
}

void RunsTable::keyPressEvent(QKeyEvent* event) {
  if (event->matches(QKeySequence::Copy)) return copyChosen();
  if (event->modifiers() == Qt::NoModifier || event->modifiers() == Qt::KeypadModifier) {
    switch (event->key()) {
      case Qt::Key_Space: return toggleChosen();
      case Qt::Key_B: return toggleBaseline();
      case Qt::Key_Enter:
      case Qt::Key_Return: return activateCurrent();
      default: break;
    }
  }
  QTableView::keyPressEvent(event);
}

}  // namespace a2q::views
