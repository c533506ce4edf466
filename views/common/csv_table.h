// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QStringList>

namespace a2q::views {

/// The cells of one line of comma-separated text; quotes and doubled quotes are undone.
[[nodiscard]] QStringList csvCells(QStringView line);

/// Comma-separated text as a table, read line by line as it is shown: the first line gives the
/// headings.
class CsvTable : public QAbstractTableModel {
  Q_OBJECT

 public:
  using QAbstractTableModel::QAbstractTableModel;

  void show(const QString& text);

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
  [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                    int role = Qt::DisplayRole) const override;

 private:
  QStringList headings_;
  QStringList lines_;
};

}  // namespace a2q::views
