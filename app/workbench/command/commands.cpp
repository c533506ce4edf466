// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/command/commands.h"

#include <QAction>
#include <QActionGroup>
#include <QCoreApplication>
#include <QMenu>
#include <QToolBar>
#include <algorithm>
#include <optional>

#include "app/workbench/command/shortcut_rules.h"

namespace a2q::workbench {
namespace {

QString translated(const char* text) { return QCoreApplication::translate("Commands", text); }

std::size_t indexOf(CommandId id) { return static_cast<std::size_t>(id); }

QMenu* submenuOf(QMenu& menu, const char* title) {
  for (QMenu* sub : menu.findChildren<QMenu*>(QString(), Qt::FindDirectChildrenOnly)) {
    if (sub->title() == translated(title)) return sub;
  }
  return menu.addMenu(translated(title));
}

}  // namespace

QString withoutMark(QString text) {
  text.remove(QLatin1Char('&'));
  if (text.endsWith(QChar(0x2026))) text.chop(1);
  return text;
}

CommandSet::CommandSet(QObject* parent) : QObject(parent) {
  for (const CommandRow& row : commandTable()) {
    actions_[indexOf(row.id)] = makeAction(row);
    describe(row.id);
  }
  action(CommandId::kQuit)->setMenuRole(QAction::QuitRole);
  action(CommandId::kAbout)->setMenuRole(QAction::AboutRole);
  action(CommandId::kPreferences)->setMenuRole(QAction::PreferencesRole);
}

QAction* CommandSet::makeAction(const CommandRow& row) {
  auto* made = new QAction(translated(row.text), this);
  made->setObjectName(QString::fromUtf8(row.name));
  made->setShortcut(usualShortcut(row.id));
  made->setCheckable(row.kind != CommandKind::kPlain);
  if (row.glyph) made->setIcon(glyphIcon(*row.glyph));
  if (row.kind == CommandKind::kChoice) {
    QActionGroup*& group = choices_[QString::fromUtf8(row.submenu)];
    if (group == nullptr) group = new QActionGroup(this);
    group->addAction(made);
  }
  connect(made, &QAction::triggered, this, [this, id = row.id] { Q_EMIT triggered(id); });
  return made;
}

QAction* CommandSet::action(CommandId id) const { return actions_[indexOf(id)]; }

void CommandSet::setReason(CommandId id, const QString& reason) {
  reasons_[indexOf(id)] = reason;
  action(id)->setEnabled(reason.isEmpty());
  describe(id);
}

const QString& CommandSet::reason(CommandId id) const { return reasons_[indexOf(id)]; }

void CommandSet::describe(CommandId id) {
  QAction* const target = action(id);
  const QString keys = target->shortcut().toString(QKeySequence::NativeText);
  const QString why = reason(id);
  QString text = tip(id);
  if (!keys.isEmpty()) text = QStringLiteral("%1 (%2)").arg(text, keys);
  if (!why.isEmpty()) text += QLatin1Char('\n') + why;
  target->setToolTip(text);
  target->setStatusTip(why.isEmpty() ? tip(id) : why);
}

void CommandSet::setText(CommandId id, const QString& text) {
  action(id)->setText(text);
  // What a text adds is for the menu: a button that grew would push others out of the toolbar.
  const QString usual = usualText(id);
  const QString plain = withoutMark(text);
  action(id)->setIconText(plain.startsWith(usual) ? usual : plain);
}

QString CommandSet::usualText(CommandId id) { return withoutMark(translated(rowOf(id).text)); }

QString CommandSet::plainText(CommandId id) const { return withoutMark(action(id)->text()); }

QString CommandSet::tip(CommandId id) { return translated(rowOf(id).tip); }

QString CommandSet::place(CommandId id) {
  const CommandRow& row = rowOf(id);
  const QString menu = withoutMark(translated(menuTitle(row.category)));
  if (row.submenu == nullptr) return menu;
  return QStringLiteral("%1 ▸ %2").arg(menu, withoutMark(translated(row.submenu)));
}

QKeySequence CommandSet::shortcut(CommandId id) const { return action(id)->shortcut(); }

QKeySequence CommandSet::usualShortcut(CommandId id) {
  return QKeySequence::fromString(QString::fromUtf8(rowOf(id).shortcut),
                                  QKeySequence::PortableText);
}

void CommandSet::setShortcut(CommandId id, const QKeySequence& keys) {
  if (keys == shortcut(id)) return;
  action(id)->setShortcut(keys);
  describe(id);
  Q_EMIT shortcutsChanged();
}

void CommandSet::setShortcuts(const ShortcutMap& changed) {
  ShortcutTable table;
  for (const CommandRow& row : commandTable()) {
    table[indexOf(row.id)] = changed.value(QString::fromUtf8(row.name), usualShortcut(row.id));
  }
  const bool refused = std::ranges::any_of(commandTable(), [&](const CommandRow& row) {
    return !whyRefused(table, row.id, table[indexOf(row.id)]).isEmpty();
  });
  for (const CommandRow& row : commandTable()) {
    setShortcut(row.id, refused ? usualShortcut(row.id) : table[indexOf(row.id)]);
  }
}

ShortcutMap CommandSet::changedShortcuts() const {
  ShortcutMap changed;
  for (const CommandRow& row : commandTable()) {
    if (shortcut(row.id) != usualShortcut(row.id)) {
      changed.insert(QString::fromUtf8(row.name), shortcut(row.id));
    }
  }
  return changed;
}

void CommandSet::fillMenu(QMenu& menu, Category category, QMenu* recent) const {
  menu.setToolTipsVisible(true);
  for (const CommandRow& row : commandTable()) {
    if (row.category != category) continue;
    if (row.parting == Parting::kLine) menu.addSeparator();
    QMenu* const target = row.submenu == nullptr ? &menu : submenuOf(menu, row.submenu);
    target->setToolTipsVisible(true);
    target->addAction(action(row.id));
    if (row.id == CommandId::kOpenSample && recent != nullptr) menu.addMenu(recent);
  }
}

void CommandSet::fillToolBar(QToolBar& bar) const {
  constexpr std::nullopt_t kLine = std::nullopt;
  const std::initializer_list<std::optional<CommandId>> order = {CommandId::kNew,
                                                                 CommandId::kOpen,
                                                                 CommandId::kOpenSample,
                                                                 CommandId::kSaveProject,
                                                                 kLine,
                                                                 CommandId::kUndo,
                                                                 CommandId::kRedo,
                                                                 kLine,
                                                                 CommandId::kStart,
                                                                 CommandId::kPause,
                                                                 CommandId::kStop,
                                                                 CommandId::kCheck,
                                                                 kLine,
                                                                 CommandId::kPalette};
  for (const std::optional<CommandId> id : order) {
    if (id) {
      bar.addAction(action(*id));
    } else {
      bar.addSeparator();
    }
  }
}

QString CommandSet::shortcutTable() const {
  const auto cell = [](QString text) {
    return text.replace(QLatin1Char('|'), QLatin1String("\\|"));
  };
  QString out =
      translated(QT_TRANSLATE_NOOP("Commands", "| Command | Menu | Keys | What it does |"));
  out += QStringLiteral("\n|---|---|---|---|\n");
  for (const CommandRow& row : commandTable()) {
    const QString keys = shortcut(row.id).toString(QKeySequence::NativeText);
    out += QStringLiteral("| %1 | %2 | %3 | %4 |\n")
               .arg(cell(usualText(row.id)), cell(place(row.id)),
                    keys.isEmpty() ? QStringLiteral("–") : cell(keys), cell(tip(row.id)));
  }
  return out;
}

}  // namespace a2q::workbench
