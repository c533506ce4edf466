// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <array>

class QAction;
class QToolBar;

namespace a2q::workbench {

enum class CommandId {
  kNew,
  kOpen,
  kOpenSample,
  kSaveProject,
  kSaveProjectAs,
  kSave,
  kQuit,
  kStart,
  kPause,
  kStop,
  kResetLayout,
  kAbout,
};
constexpr std::size_t kCommandCount = 12;

/// Everything a person can ask of the window: one table that feeds menus and toolbar.
class CommandSet : public QObject {
  Q_OBJECT

 public:
  explicit CommandSet(QObject* parent);

  [[nodiscard]] QAction* action(CommandId id) const;
  [[nodiscard]] const std::array<QAction*, kCommandCount>& actions() const { return actions_; }

  /// Enabled when the reason is empty; otherwise the tooltip tells the reason.
  void setReason(CommandId id, const QString& reason);
  void setText(CommandId id, const QString& text);

  void fillToolBar(QToolBar& bar) const;

 Q_SIGNALS:
  void triggered(a2q::workbench::CommandId id);

 private:
  std::array<QAction*, kCommandCount> actions_{};
};

}  // namespace a2q::workbench
