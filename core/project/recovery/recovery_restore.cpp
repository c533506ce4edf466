// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "core/project/project_lock.h"
#include "core/project/recovery/recovery.h"
#include "core/project/recovery/recovery_session.h"

namespace a2q {
namespace {

namespace fs = std::filesystem;

/// The first of "<file>.before", "<file>.before-2", ... that is free gets the present content.
Result<fs::path> keepPresent(const fs::path& project) {
  for (int number = 1;; ++number) {
    const fs::path kept = project.string() + (number == 1 ? std::string(".before")
                                                          : fmt::format(".before-{}", number));
    std::error_code problem;
    // A save puts a new file in the old one's place, so that a second name keeps the old one.
    fs::create_hard_link(project, kept, problem);
    if (problem == std::errc::file_exists) continue;
    if (problem) fs::copy_file(project, kept, problem);
    if (!problem) return kept;
    if (problem == std::errc::file_exists) continue;
    return fail(ErrorCode::kWriteFailed,
                fmt::format("cannot keep the present project as '{}'", kept.string()),
                problem.message());
  }
}

/// Opens the project's file for writing; makes one where there is none any more.
Result<ProjectFile> openTarget(const fs::path& project) {
  std::error_code ignored;
  if (fs::exists(project, ignored)) return ProjectFile::open(project, ProjectAccess::kWrite);
  return ProjectFile::create(project, ProjectFile::Existing::kRefuse);
}

/// Hands the large parts of a run over; false when one is nowhere any more.
Result<bool> handOver(const ProjectFile& from, const ProjectRun& run, ProjectFile& to) {
  const auto present = objectsOf(to.saved());
  for (const auto* ref : {&run.record, &run.last_checkpoint, &run.best_checkpoint}) {
    if (!*ref || std::ranges::find(present, **ref) != present.end()) continue;
    auto tree = from.object(**ref);
    if (!tree && tree.error().code == ErrorCode::kPartMissing) return false;
    if (!tree) return forward(std::move(tree));
    (void)to.keep(std::move(*tree));
  }
  return true;
}

/// The state with all its large parts handed over to `to`. Parts that are gone were replaced by a
/// later save of the project: then its run is the newer one.
Result<Project> takeState(const ProjectFile& from, ProjectFile& to) {
  Project project = from.saved();
  const Project& present = to.saved();
  for (ProjectRun& run : project.runs) {
    const auto complete = handOver(from, run, to);
    if (!complete) return tl::make_unexpected(complete.error());
    if (*complete) continue;
    const auto newer = std::ranges::find(present.runs, run.uuid, &ProjectRun::uuid);
    if (newer == present.runs.end()) {
      return fail(ErrorCode::kPartMissing, fmt::format("'{}' cannot be restored whole", run.name),
                  "weights that its project had saved are no longer there",
                  "Put the project's objects folder back, or keep the saved state.");
    }
    run = *newer;
  }
  return project;
}

}  // namespace

Result<ProjectFile> openRecovery(const RecoveryEntry& entry) {
  auto state = ProjectFile::open(statePathOf(entry.folder), ProjectAccess::kReadOnly);
  if (!state || entry.project.empty()) return state;
  // A project that is gone or damaged takes only those parts with it that it alone held.
  auto project = ProjectFile::open(entry.project, ProjectAccess::kReadOnly);
  if (project) state->lookAlsoIn(std::make_shared<const ProjectFile>(std::move(*project)));
  return state;
}

Result<fs::path> restoreRecovery(const RecoveryEntry& entry) {
  if (entry.project.empty()) {
    return fail(ErrorCode::kUsage, "this state belongs to no project file",
                "the project was never saved, or who wrote it is not known",
                "Write it as a new project: 'a2q recover --to FILE'.");
  }
  // Nobody else restores or removes it meanwhile.
  const auto lock = ProjectLock::take(statePathOf(entry.folder));
  if (!lock) return tl::make_unexpected(lock.error());
  const auto state = openRecovery(entry);
  if (!state) return tl::make_unexpected(state.error());
  auto target = openTarget(entry.project);
  if (!target) return forward(std::move(target));
  auto project = takeState(*state, *target);
  if (!project) return forward(std::move(project));
  fs::path kept;
  std::error_code ignored;
  if (fs::exists(target->path(), ignored)) {
    auto present = keepPresent(target->path());
    if (!present) return present;
    kept = std::move(*present);
  }
  if (auto saved = target->save(std::move(*project)); !saved) {
    // The present one is still in its place.
    if (!kept.empty()) fs::remove(kept, ignored);
    return forward(std::move(saved));
  }
  fs::remove_all(entry.folder, ignored);
  return kept;
}

Status discardRecovery(const RecoveryEntry& entry) {
  const auto lock = ProjectLock::take(statePathOf(entry.folder));
  if (!lock) return tl::make_unexpected(lock.error());
  std::error_code problem;
  fs::remove_all(entry.folder, problem);
  if (!problem) return {};
  return fail(ErrorCode::kWriteFailed, fmt::format("cannot remove '{}'", entry.folder.string()),
              problem.message());
}

}  // namespace a2q
