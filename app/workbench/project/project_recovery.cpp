// SPDX-License-Identifier: GPL-3.0-or-later
// The part of ProjectFlow that deals with what sessions left behind.
#include <QWidget>
#include <utility>

#include "app/workbench/dialogs/messages.h"
#include "app/workbench/project/project_dialogs.h"
#include "app/workbench/project/project_flow.h"

namespace a2q::workbench {
namespace {

namespace fs = std::filesystem;

Result<std::vector<Difference>> differencesOf(const RecoveryEntry& entry) {
  const auto saved = ProjectFile::open(entry.project, ProjectAccess::kReadOnly);
  if (!saved) return tl::make_unexpected(saved.error());
  const auto state = openRecovery(entry);
  if (!state) return tl::make_unexpected(state.error());
  return projectDiff(saved->saved(), state->saved());
}

/// A project that was never saved gets a file; only then is what was kept of it removed.
Status writeRecovered(const RecoveryEntry& entry, const fs::path& place) {
  const auto state = openRecovery(entry);
  if (!state) return tl::make_unexpected(state.error());
  if (auto done = state->exportTo(place, ProjectFile::Existing::kReplace); !done) return done;
  return discardRecovery(entry);
}

}  // namespace

std::optional<RecoveryEntry> worthOffering(const fs::path& project) {
  for (RecoveryEntry& entry : findRecoveries(project)) {
    const auto differences = differencesOf(entry);
    if (!differences || !differences->empty()) return std::move(entry);
  }
  return std::nullopt;
}

void ProjectFlow::offerAtStart() {
  controller_.perform([this]() -> RunController::Then {
    if (const auto entry = worthOffering({})) return [this, found = *entry] { offer(found); };
    return [] {};
  });
}

void ProjectFlow::offer(const RecoveryEntry& entry) {
  switch (askRecovery(window_, entry)) {
    case RecoveryAnswer::kRestore: return restore(entry);
    case RecoveryAnswer::kKeepSaved: return keepSaved(entry);
    case RecoveryAnswer::kShowDifference: return compare(entry);
  }
}

void ProjectFlow::keepSaved(const RecoveryEntry& entry) {
  Q_EMIT told(tr("The unsaved work stays in %1; 'a2q recover' lists it.")
                  .arg(QString::fromStdString(entry.folder.string())));
  if (!entry.project.empty()) openWith(entry.project, ProjectAccess::kWrite);
}

void ProjectFlow::compare(const RecoveryEntry& entry) {
  controller_.perform([this, entry]() -> RunController::Then {
    auto differences = differencesOf(entry);
    return [this, entry, differences = std::move(differences)] {
      if (differences) {
        showDifferences(window_, *differences);
      } else {
        showError(window_, differences.error());
      }
      offer(entry);
    };
  });
}

void ProjectFlow::restore(const RecoveryEntry& entry) {
  if (entry.project.empty()) {
    const fs::path place = askPlace(window_, tr("Save the restored project as"));
    if (!place.empty()) restoreTo(entry, place);
    return;
  }
  controller_.perform([this, entry]() -> RunController::Then {
    const auto before = restoreRecovery(entry);
    if (!before) return [this, error = before.error()] { showError(window_, error); };
    return [this, entry, kept = *before] {
      Q_EMIT told(tr("Restored; what was saved is %1.").arg(QString::fromStdString(kept.string())));
      openWith(entry.project, ProjectAccess::kWrite);
    };
  });
}

void ProjectFlow::restoreTo(const RecoveryEntry& entry, const fs::path& place) {
  controller_.perform([this, entry, place]() -> RunController::Then {
    const Status done = writeRecovered(entry, place);
    if (!done) return [this, error = done.error()] { showError(window_, error); };
    return [this, place] { openWith(place, ProjectAccess::kWrite); };
  });
}

}  // namespace a2q::workbench
