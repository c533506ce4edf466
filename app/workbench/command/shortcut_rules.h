// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QKeySequence>
#include <QString>
#include <array>

#include "app/workbench/command/command_table.h"

namespace a2q::workbench {

using ShortcutTable = std::array<QKeySequence, kCommandCount>;

/// Why a command cannot have these keys while the others have theirs; empty: it can. Keys that
/// write text or move the focus are refused, and those of another command, which is named.
[[nodiscard]] QString whyRefused(const ShortcutTable& table, CommandId id,
                                 const QKeySequence& keys);

}  // namespace a2q::workbench
