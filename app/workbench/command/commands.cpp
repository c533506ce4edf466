// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/command/commands.h"

#include <QAction>
#include <QCoreApplication>
#include <QToolBar>
#include <optional>

#include "app/workbench/command/glyph_icon.h"

namespace a2q::workbench {
namespace {

struct CommandRow {
  CommandId id;
  const char* name;  ///< object name, for tests and tools
  const char* text;
  const char* shortcut;
  const char* tip;
  std::optional<Glyph> glyph;
};

const std::array<CommandRow, kCommandCount>& commandTable() {
  static const std::array<CommandRow, kCommandCount> table{{
      {CommandId::kNew, "new_project", QT_TRANSLATE_NOOP("Commands", "&New project…"), "Ctrl+N",
       QT_TRANSLATE_NOOP("Commands", "Make a project file that begins with the sample"),
       std::nullopt},
      {CommandId::kOpen, "open", QT_TRANSLATE_NOOP("Commands", "&Open…"), "Ctrl+O",
       QT_TRANSLATE_NOOP("Commands", "Open a project, or a specification in TOML"), Glyph::kOpen},
      {CommandId::kOpenSample, "open_sample", QT_TRANSLATE_NOOP("Commands", "Open &sample"),
       "Ctrl+Shift+O",
       QT_TRANSLATE_NOOP("Commands", "A small LeNet on generated digits; needs no files"),
       Glyph::kSample},
      {CommandId::kSaveProject, "save_project", QT_TRANSLATE_NOOP("Commands", "Sa&ve"), "Ctrl+S",
       QT_TRANSLATE_NOOP("Commands", "Write the project into its file"), Glyph::kSave},
      {CommandId::kSaveProjectAs, "save_project_as", QT_TRANSLATE_NOOP("Commands", "Save &as…"),
       "Ctrl+Shift+S", QT_TRANSLATE_NOOP("Commands", "Write the project into another file"),
       std::nullopt},
      {CommandId::kSave, "save_results", QT_TRANSLATE_NOOP("Commands", "Export &results…"),
       "Ctrl+E",
       QT_TRANSLATE_NOOP("Commands",
                         "Write specification, metrics, certificate and weights into a folder"),
       std::nullopt},
      {CommandId::kQuit, "quit", QT_TRANSLATE_NOOP("Commands", "&Quit"), "Ctrl+Q",
       QT_TRANSLATE_NOOP("Commands", "Close the window; asks when a training is running"),
       std::nullopt},
      {CommandId::kStart, "start", QT_TRANSLATE_NOOP("Commands", "&Start"), "F5",
       QT_TRANSLATE_NOOP("Commands", "Train the network that is loaded, from the beginning"),
       Glyph::kStart},
      {CommandId::kPause, "pause", QT_TRANSLATE_NOOP("Commands", "&Pause"), "F6",
       QT_TRANSLATE_NOOP("Commands", "Wait after this batch, or go on"), Glyph::kPause},
      {CommandId::kStop, "stop", QT_TRANSLATE_NOOP("Commands", "S&top"), "Shift+F5",
       QT_TRANSLATE_NOOP("Commands", "End after this batch and keep what was trained"),
       Glyph::kStop},
      {CommandId::kResetLayout, "reset_layout", QT_TRANSLATE_NOOP("Commands", "&Reset layout"),
       "Ctrl+Shift+R", QT_TRANSLATE_NOOP("Commands", "Put every pane back where it was"),
       std::nullopt},
      {CommandId::kAbout, "about", QT_TRANSLATE_NOOP("Commands", "&About A2Q Workbench"), "Ctrl+F1",
       QT_TRANSLATE_NOOP("Commands", "Versions and licence"), std::nullopt},
  }};
  return table;
}

const CommandRow& rowOf(CommandId id) { return commandTable()[static_cast<std::size_t>(id)]; }

QString translated(const char* text) { return QCoreApplication::translate("Commands", text); }

}  // namespace

CommandSet::CommandSet(QObject* parent) : QObject(parent) {
  for (const CommandRow& row : commandTable()) {
    auto* action = new QAction(translated(row.text), this);
    action->setObjectName(QString::fromUtf8(row.name));
    action->setShortcut(QKeySequence(QString::fromUtf8(row.shortcut)));
    if (row.glyph) action->setIcon(glyphIcon(*row.glyph));
    connect(action, &QAction::triggered, this, [this, id = row.id] { Q_EMIT triggered(id); });
    actions_[static_cast<std::size_t>(row.id)] = action;
    setReason(row.id, {});
  }
  action(CommandId::kQuit)->setMenuRole(QAction::QuitRole);
  action(CommandId::kAbout)->setMenuRole(QAction::AboutRole);
}

QAction* CommandSet::action(CommandId id) const { return actions_[static_cast<std::size_t>(id)]; }

void CommandSet::setReason(CommandId id, const QString& reason) {
  QAction* target = action(id);
  target->setEnabled(reason.isEmpty());
  const QString keys = target->shortcut().toString(QKeySequence::NativeText);
  QString tip = QStringLiteral("%1 (%2)").arg(translated(rowOf(id).tip), keys);
  target->setStatusTip(reason.isEmpty() ? translated(rowOf(id).tip) : reason);
  if (!reason.isEmpty()) tip += QLatin1Char('\n') + reason;
  target->setToolTip(tip);
}

void CommandSet::setText(CommandId id, const QString& text) { action(id)->setText(text); }

void CommandSet::fillToolBar(QToolBar& bar) const {
  bar.addAction(action(CommandId::kOpen));
  bar.addAction(action(CommandId::kOpenSample));
  bar.addSeparator();
  bar.addAction(action(CommandId::kStart));
  bar.addAction(action(CommandId::kPause));
  bar.addAction(action(CommandId::kStop));
  bar.addSeparator();
  bar.addAction(action(CommandId::kSaveProject));
}

}  // namespace a2q::workbench
