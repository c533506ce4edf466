// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include "app/workbench/command/shortcut_rules.h"

class QKeySequenceEdit;
class QLabel;
class QLineEdit;
class QPushButton;
class QTreeWidget;
class QTreeWidgetItem;

namespace a2q::workbench {

class CommandSet;

/// The keys of every command, to be changed. The commands get them when it is accepted; who opens
/// it stores CommandSet::changedShortcuts().
class ShortcutEditor : public QDialog {
  Q_OBJECT

 public:
  ShortcutEditor(CommandSet& commands, QWidget* parent);

  void accept() override;

  void select(CommandId id);
  /// Gives the selected command these keys; false, and a line that says why, when they are
  /// refused.
  bool assign(const QKeySequence& keys);
  void resetAll();
  /// What the line below the table says.
  [[nodiscard]] QString message() const;

 private:
  void build();
  void fill();
  void filter(const QString& text);
  void showSelected();
  void showRow(CommandId id);
  [[nodiscard]] QTreeWidgetItem* itemOf(CommandId id) const;

  CommandSet& commands_;
  ShortcutTable table_;
  QTreeWidget* list_ = nullptr;
  QKeySequenceEdit* keys_ = nullptr;
  QPushButton* reset_ = nullptr;
  QPushButton* clear_ = nullptr;
  QLabel* message_ = nullptr;
};

}  // namespace a2q::workbench
