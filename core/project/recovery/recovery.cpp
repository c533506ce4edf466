// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/recovery/recovery.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <set>
#include <tuple>
#include <utility>

#include "core/base/identity.h"
#include "core/project/project_lane.h"
#include "core/project/project_lock.h"
#include "core/project/recovery/recovery_session.h"

namespace a2q {
namespace {

namespace fs = std::filesystem;

fs::path fromEnvironment(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? fs::path() : fs::path(value);
}

fs::path wholePath(const fs::path& path) {
  if (path.empty()) return {};
  std::error_code problem;
  fs::path out = fs::weakly_canonical(path, problem);
  return problem ? path : out;
}

/// "<uuid>-<8 digits>"; a project file may say anything in place of its UUID.
std::string folderNameFor(const std::string& uuid) {
  constexpr std::size_t kSessionDigits = 8;
  return (isUuid(uuid) ? uuid : std::string("project")) + "-" + newUuid().substr(0, kSessionDigits);
}

/// What a project may hold is nobody else's business.
Status makeFolder(const fs::path& folder) {
  std::error_code problem;
  fs::create_directories(folder, problem);
  if (!problem) fs::permissions(folder, fs::perms::owner_all, problem);
  if (!problem) return {};
  return fail(ErrorCode::kWriteFailed,
              fmt::format("cannot keep unsaved work in '{}'", folder.string()), problem.message(),
              "Make the folder writable, or set XDG_STATE_HOME to one that is.");
}

std::set<std::string> savedIn(const ProjectFile& file) {
  std::set<std::string> out;
  for (const ObjectRef& ref : objectsOf(file.saved())) out.insert(ref.digest);
  return out;
}

/// The entry in a folder whose session is gone; none for one that lives or never wrote.
std::optional<RecoveryEntry> entryIn(const fs::path& folder) {
  std::error_code ignored;
  const fs::path state = statePathOf(folder);
  if (!fs::exists(state, ignored) || projectOwner(state)) return std::nullopt;
  RecoveryEntry entry{folder, {}, {}, {}, {}, false};
  if (auto session = readSession(folder)) {
    entry.project = std::move(session->project);
    entry.uuid = std::move(session->uuid);
    entry.written = std::move(session->written);
    entry.writer = std::move(session->writer);
    entry.project_changed =
        !entry.project.empty() && fileMark(entry.project) != session->saved_file;
  }
  return entry;
}

}  // namespace

fs::path recoveryFolder() {
  // The XDG rules: a relative path is to be ignored.
  if (const fs::path state = fromEnvironment("XDG_STATE_HOME"); state.is_absolute()) {
    return state / "a2q" / "recovery";
  }
  const fs::path home = fromEnvironment("HOME");
  return home.is_absolute() ? home / ".local" / "state" / "a2q" / "recovery" : fs::path();
}

struct RecoveryStore::Impl {
  Impl(fs::path place, ProjectFile file) : folder(std::move(place)), state(std::move(file)) {}
  ~Impl();

  fs::path folder;
  std::optional<ProjectFile> state;  ///< its lock says that the session lives
  RecoverySession session;
};

/// What was never written into is nothing to find; all else stays.
RecoveryStore::Impl::~Impl() {
  if (!state || !state->saved().uuid.empty()) return;
  std::error_code ignored;
  fs::remove_all(folder, ignored);
}

RecoveryStore::RecoveryStore(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
RecoveryStore::RecoveryStore(RecoveryStore&&) noexcept = default;
RecoveryStore& RecoveryStore::operator=(RecoveryStore&&) noexcept = default;
RecoveryStore::~RecoveryStore() = default;

Result<RecoveryStore> RecoveryStore::open(const fs::path& project, const std::string& uuid) {
  const fs::path root = recoveryFolder();
  if (root.empty()) {
    return fail(ErrorCode::kWriteFailed, "there is no place for unsaved work",
                "neither XDG_STATE_HOME nor HOME names a folder", "Set one of them.");
  }
  const fs::path folder = root / folderNameFor(uuid);
  if (auto made = makeFolder(folder); !made) return forward(std::move(made));
  auto state = ProjectFile::create(statePathOf(folder), ProjectFile::Existing::kReplace);
  if (!state) return forward(std::move(state));
  auto impl = std::make_unique<Impl>(folder, std::move(*state));
  impl->session = {wholePath(project), uuid, utcNow(),
                   projectOwner(statePathOf(folder)).value_or(LockOwner{}), fileMark(project)};
  if (auto done = writeSession(folder, impl->session); !done) return forward(std::move(done));
  return RecoveryStore(std::move(impl));
}

Status RecoveryStore::write(const Project& project, const ProjectFile& file) {
  return projectLane().run([&]() -> Status {
    ProjectFile& state = *impl_->state;
    const std::set<std::string> elsewhere = savedIn(file);
    const std::set<std::string> own = savedIn(state);
    for (const ObjectRef& ref : objectsOf(project)) {
      if (elsewhere.contains(ref.digest) || own.contains(ref.digest)) continue;
      auto tree = file.object(ref);
      if (!tree) return forward(std::move(tree));
      (void)state.keep(std::move(*tree));
    }
    if (auto saved = state.saveApart(project, elsewhere); !saved) return saved;
    impl_->session.written = utcNow();
    impl_->session.saved_file = fileMark(impl_->session.project);
    return writeSession(impl_->folder, impl_->session);
  });
}

ProjectFile& RecoveryStore::state() { return *impl_->state; }

void RecoveryStore::discard() {
  // The lock goes last, so that nobody finds a half of it.
  std::error_code ignored;
  fs::remove_all(impl_->folder, ignored);
  impl_->state.reset();
}

std::vector<RecoveryEntry> findRecoveries(const fs::path& project) {
  const fs::path wanted = wholePath(project);
  std::vector<RecoveryEntry> found;
  std::error_code problem;
  for (const auto& folder : fs::directory_iterator(recoveryFolder(), problem)) {
    auto entry = entryIn(folder.path());
    if (entry && (wanted.empty() || entry->project == wanted)) found.push_back(std::move(*entry));
  }
  std::ranges::sort(found, [](const RecoveryEntry& a, const RecoveryEntry& b) {
    return std::tie(b.written, b.folder) < std::tie(a.written, a.folder);
  });
  return found;
}

}  // namespace a2q
