// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QKeySequence>
#include <QMap>
#include <QObject>
#include <QString>
#include <array>

#include "app/workbench/command/command_table.h"

class QAction;
class QActionGroup;
class QMenu;
class QToolBar;

namespace a2q::workbench {

/// Keys by the object name of a command.
using ShortcutMap = QMap<QString, QKeySequence>;

/// The actions of the command table: they tell when a command is triggered, and why one is not to
/// be had.
class CommandSet : public QObject {
  Q_OBJECT

 public:
  explicit CommandSet(QObject* parent);

  [[nodiscard]] QAction* action(CommandId id) const;
  [[nodiscard]] const std::array<QAction*, kCommandCount>& actions() const { return actions_; }

  /// Enabled when the reason is empty; otherwise the tooltip tells the reason.
  void setReason(CommandId id, const QString& reason);
  [[nodiscard]] const QString& reason(CommandId id) const;
  /// For the menu; a button of the toolbar keeps its word where the text begins with it.
  void setText(CommandId id, const QString& text);
  /// The text without the mark of its menu letter, as translated now.
  [[nodiscard]] QString plainText(CommandId id) const;
  /// The same as in a new window: what a command is, not what it would do now.
  [[nodiscard]] static QString usualText(CommandId id);
  [[nodiscard]] static QString tip(CommandId id);
  /// "File" or "View ▸ Theme".
  [[nodiscard]] static QString place(CommandId id);

  [[nodiscard]] QKeySequence shortcut(CommandId id) const;
  [[nodiscard]] static QKeySequence usualShortcut(CommandId id);
  /// An empty one takes the keys away.
  void setShortcut(CommandId id, const QKeySequence& keys);
  /// Those named get these keys, every other command its usual ones; unknown names are ignored.
  /// Where two commands would have the same keys, all get the usual ones.
  void setShortcuts(const ShortcutMap& changed);
  /// The commands whose keys are not the usual ones.
  [[nodiscard]] ShortcutMap changedShortcuts() const;

  /// Adds the commands of a category with their submenus and lines. `recent` stands behind
  /// "Open sample" where it is given.
  void fillMenu(QMenu& menu, Category category, QMenu* recent = nullptr) const;
  void fillToolBar(QToolBar& bar) const;

  /// "| Command | Keys | What it does |" for every command, as Markdown.
  [[nodiscard]] QString shortcutTable() const;

 Q_SIGNALS:
  void triggered(a2q::workbench::CommandId id);
  void shortcutsChanged();

 private:
  QAction* makeAction(const CommandRow& row);
  void describe(CommandId id);

  std::array<QAction*, kCommandCount> actions_{};
  std::array<QString, kCommandCount> reasons_;
  QMap<QString, QActionGroup*> choices_;  ///< by the submenu they stand in
};

/// "Menu" of "&Menu…".
[[nodiscard]] QString withoutMark(QString text);

}  // namespace a2q::workbench
