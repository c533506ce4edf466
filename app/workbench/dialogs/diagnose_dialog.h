// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <functional>
#include <vector>

#include "core/diagnosis/diagnosis.h"

class QLabel;
class QPushButton;
class QTreeWidget;

namespace a2q::workbench {

/// What `a2q doctor` finds, as a table: state, thing, detail and what to do. It looks on a thread
/// of its own when it opens and when a person asks again.
class DiagnoseDialog : public QDialog {
  Q_OBJECT

 public:
  using Look = std::function<std::vector<Finding>()>;

  /// `look` is called on another thread.
  explicit DiagnoseDialog(QWidget* parent, Look look = diagnose);

  [[nodiscard]] const std::vector<Finding>& findings() const { return findings_; }

 Q_SIGNALS:
  /// The table is filled.
  void looked();

 private:
  void build();
  void lookAgain();
  void fill(const std::vector<Finding>& findings);

  Look look_;
  std::vector<Finding> findings_;
  QLabel* verdict_ = nullptr;
  QTreeWidget* table_ = nullptr;
  QPushButton* copy_ = nullptr;
  QPushButton* again_ = nullptr;
};

}  // namespace a2q::workbench
