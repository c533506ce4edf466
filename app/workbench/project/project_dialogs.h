// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <filesystem>
#include <vector>

#include "core/base/error.h"
#include "core/project/project_diff.h"
#include "core/project/recovery/recovery.h"

class QWidget;

namespace a2q::workbench {

enum class RecoveryAnswer { kRestore, kKeepSaved, kShowDifference };
/// What to do with work that a session left behind. Closing the dialog keeps the saved one.
[[nodiscard]] RecoveryAnswer askRecovery(QWidget* parent, const RecoveryEntry& entry);

/// What unsaved work would change.
void showDifferences(QWidget* parent, const std::vector<Difference>& differences);

enum class LockedAnswer { kReadOnly, kCopy, kCancel };
/// A project that cannot be opened for writing: `error` says who holds it, or why.
[[nodiscard]] LockedAnswer askLocked(QWidget* parent, const Error& error);

enum class SaveErrorAnswer { kAgain, kElsewhere, kClose };
/// A save that failed; the old file is as it was.
[[nodiscard]] SaveErrorAnswer askSaveError(QWidget* parent, const Error& error);

enum class UnsavedAnswer { kSave, kDiscard, kCancel };
[[nodiscard]] UnsavedAnswer askUnsaved(QWidget* parent, const QString& name);

/// A place for a project, with the ending .a2q; empty when the person thinks better of it.
[[nodiscard]] std::filesystem::path askPlace(QWidget* parent, const QString& title);

}  // namespace a2q::workbench
