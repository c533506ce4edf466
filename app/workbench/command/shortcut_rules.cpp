// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/command/shortcut_rules.h"

#include <QCoreApplication>
#include <QList>

#include "app/workbench/command/commands.h"

namespace a2q::workbench {
namespace {

class Words {
  Q_DECLARE_TR_FUNCTIONS(Shortcuts)
};

/// Keys that a field, a list or a dialog needs when no Ctrl or Alt is held.
bool isNeededForInput(QKeyCombination keys) {
  if (keys.keyboardModifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier)) {
    return false;
  }
  return keys.key() < Qt::Key_F1 || keys.key() > Qt::Key_F35;
}

bool overlap(const QKeySequence& a, const QKeySequence& b) {
  return a.matches(b) != QKeySequence::NoMatch || b.matches(a) != QKeySequence::NoMatch;
}

}  // namespace

QString whyRefused(const ShortcutTable& table, CommandId id, const QKeySequence& keys) {
  if (keys.isEmpty()) return {};
  const QString text = keys.toString(QKeySequence::NativeText);
  if (isNeededForInput(keys[0])) {
    return Words::tr("%1 is needed for typing and moving about: add Ctrl or Alt.").arg(text);
  }
  for (const CommandRow& row : commandTable()) {
    const QKeySequence& other = table[static_cast<std::size_t>(row.id)];
    if (row.id == id || other.isEmpty() || !overlap(keys, other)) continue;
    return Words::tr("%1 already belongs to \"%2\" (%3).")
        .arg(text, withoutMark(QCoreApplication::translate("Commands", row.text)),
             CommandSet::place(row.id));
  }
  return {};
}

}  // namespace a2q::workbench
