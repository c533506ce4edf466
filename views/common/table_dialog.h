// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <functional>

class QTableView;

namespace a2q::views {

class CsvTable;

/// The values of a plot as a table that can be copied; it stays open beside the plot, and reads the
/// values again when asked to.
class TableDialog : public QDialog {
  Q_OBJECT

 public:
  TableDialog(const QString& title, std::function<QString()> csv, QWidget* parent);

  void refresh();

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void copy() const;

  std::function<QString()> csv_;
  CsvTable* model_ = nullptr;
  QTableView* table_ = nullptr;
};

}  // namespace a2q::views
