// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/csv_table.h"

namespace a2q::views {

QStringList csvCells(QStringView line) {
  QStringList cells(QString{});
  bool quoted = false;
  for (qsizetype i = 0; i < line.size(); ++i) {
    const QChar letter = line[i];
    const bool quote = letter == QLatin1Char('"');
    if (quote && quoted && i + 1 < line.size() && line[i + 1] == letter) {
      cells.back() += letter;
      ++i;
    } else if (quote) {
      quoted = !quoted;
    } else if (letter == QLatin1Char(',') && !quoted) {
      cells << QString();
    } else {
      cells.back() += letter;
    }
  }
  return cells;
}

void CsvTable::show(const QString& text) {
  beginResetModel();
  lines_ = text.split(QLatin1Char('\n'), Qt::SkipEmptyParts);
  headings_ = lines_.isEmpty() ? QStringList() : csvCells(lines_.takeFirst());
  endResetModel();
}

int CsvTable::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(lines_.size());
}

int CsvTable::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(headings_.size());
}

QVariant CsvTable::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || role != Qt::DisplayRole) return {};
  return csvCells(lines_[index.row()]).value(index.column());
}

QVariant CsvTable::headerData(int section, Qt::Orientation orientation, int role) const {
  if (role != Qt::DisplayRole) return {};
  if (orientation == Qt::Vertical) return section + 1;
  return headings_.value(section);
}

}  // namespace a2q::views
