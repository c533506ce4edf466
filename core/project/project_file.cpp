// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/project_file.h"

#include <fmt/format.h>

#include <set>
#include <utility>

#include "core/base/atomic_file.h"
#include "core/base/identity.h"
#include "core/project/file_frame.h"
#include "core/project/hdf5/hdf5_library.h"
#include "core/project/object_names.h"
#include "core/project/object_store.h"
#include "core/project/project_lane.h"
#include "core/project/project_lock.h"
#include "core/project/project_schema.h"

namespace a2q {
namespace {

namespace fs = std::filesystem;

constexpr const char* kFolderAttribute = "objects_folder";

/// The file itself where the path is a link: a save must not replace the link.
fs::path fileOf(const fs::path& path) {
  std::error_code problem;
  fs::path file = fs::weakly_canonical(path, problem);
  return problem ? path : file;
}

/// The tree of a sound file.
Result<DataTree> readIndex(const fs::path& file) {
  auto library = openHdf5Library();
  if (!library) return forward(std::move(library));
  return (*library)->read(file, {});
}

std::set<std::string> digestsOf(const DataTree& tree) {
  std::set<std::string> out;
  for (const auto& [digest, path] : objectPaths(tree)) out.insert(digest);
  return out;
}

std::uint64_t objectBytes(const Project& project) {
  std::uint64_t sum = 0;
  for (const ObjectRef& ref : objectsOf(project)) sum += ref.bytes;
  return sum;
}

/// Writes a file with its objects inside, or, with a folder, as links into it.
Status writeProjectFile(const fs::path& path, const DataTree& tree, const std::string& folder,
                        const ObjectStore& objects) {
  auto library = openHdf5Library();
  if (!library) return forward(std::move(library));
  std::vector<TreePointer> loaded;
  const auto inside = [&](const std::string& digest) -> Result<const DataTree*> {
    auto object = objects.load(digest);
    if (!object) return forward(std::move(object));
    loaded.push_back(*object);
    return loaded.back().get();
  };
  auto image = (*library)->image(tree, kFrameBytes, {folder, inside});
  if (!image) return forward(std::move(image));
  writeFrame(*image);
  const auto check = [&](const fs::path& temporary) -> Status {
    if (auto sound = checkFrame(temporary); !sound) return sound;
    auto read = readIndex(temporary);
    if (!read) return forward(std::move(read));
    if (*read == tree) return {};
    return fail(ErrorCode::kWriteFailed, fmt::format("cannot write '{}'", path.string()),
                "what was read back is not what was written");
  };
  return writeFileChecked(path, *image, {path.string() + ".saving", check});
}

bool sameContent(const Project& a, const Project& b) {
  if (a.modified == b.modified) return a == b;
  Project other = b;
  other.modified = a.modified;
  return a == other;
}

Status checkFree(const fs::path& file, ProjectFile::Existing existing) {
  std::error_code problem;
  if (existing == ProjectFile::Existing::kReplace || !fs::exists(file, problem)) return {};
  return fail(ErrorCode::kExists, fmt::format("'{}' is already there", file.string()));
}

}  // namespace

struct ProjectFile::Impl {
  fs::path path;
  ProjectAccess project_access = ProjectAccess::kReadOnly;
  std::optional<ProjectLock> lock;
  Project saved;
  bool exists = false;  ///< saved() is what the file holds
  std::optional<std::int64_t> migrated_from;
  ObjectStore objects;
  std::set<std::string> written;  ///< object files of this session
  std::string folder;             ///< of the objects of the file; empty: inside

  Status load();
  /// `elsewhere`: see saveApart(); none for a file that stands for itself.
  Status write(Project project, const std::set<std::string>* elsewhere);
  void removeSuperseded(const std::set<std::string>& used);
  [[nodiscard]] fs::path objectsFolder() const { return path.parent_path() / folder; }
};

Status ProjectFile::Impl::load() {
  if (auto sound = checkFrame(path); !sound) return sound;
  auto tree = readIndex(path);
  if (!tree) return forward(std::move(tree));
  std::string named;
  if (const auto found = tree->attributes.find(kFolderAttribute); found != tree->attributes.end()) {
    named = textOf(found->second).value_or("");
    if (!isObjectsFolderName(named)) {
      return fail(ErrorCode::kLeadsOutside, fmt::format("cannot read '{}'", path.string()),
                  fmt::format("it keeps its objects in '{}', which is no folder beside it", named));
    }
    tree->attributes.erase(found);
  }
  std::vector<fs::path> folders{objectsFolderOf(path)};
  if (!named.empty()) folders.push_back(path.parent_path() / named);
  objects.setFolders(std::move(folders));
  objects.setFile(path, named.empty() ? objectPaths(*tree) : std::map<std::string, std::string>());
  auto project = projectOf(std::move(*tree), path.string());
  if (!project) return forward(std::move(project));
  folder = named;
  saved = std::move(project->project);
  migrated_from = project->migrated_from;
  exists = true;
  return {};
}

/// Checkpoints that this session wrote and that a later one replaced. Others are left alone: they
/// may belong to a copy of the project.
void ProjectFile::Impl::removeSuperseded(const std::set<std::string>& used) {
  std::error_code ignored;
  std::erase_if(written, [&](const std::string& digest) {
    if (used.contains(digest)) return false;
    fs::remove(objectsFolder() / objectFileName(digest), ignored);
    return true;
  });
}

Status ProjectFile::Impl::write(Project project, const std::set<std::string>* elsewhere) {
  if (project_access != ProjectAccess::kWrite) {
    return fail(ErrorCode::kReadOnly, fmt::format("'{}' is open for reading only", path.string()));
  }
  std::error_code problem;
  if (exists && !migrated_from && sameContent(project, saved) && fs::exists(path, problem)) {
    return {};
  }

  if (exists || project.modified.empty()) project.modified = utcNow();
  DataTree tree = projectTree(project);
  std::set<std::string> digests = digestsOf(tree);
  // Those of an earlier attempt that failed would pile up on a full disk.
  objects.forgetKept(digests);
  std::string target;
  if (elsewhere != nullptr || objectBytes(project) > kInsideBytes) {
    target = objectsFolderOf(path).filename().string();
    if (elsewhere != nullptr) {
      std::erase_if(digests, [&](const std::string& one) { return elsewhere->contains(one); });
    }
    auto stored = objects.storeInto(objectsFolderOf(path), digests);
    if (!stored) return forward(std::move(stored));
    written.insert(stored->begin(), stored->end());
    tree.attributes[kFolderAttribute] = textValue(target);
  }
  if (auto done = writeProjectFile(path, tree, target, objects); !done) return done;
  folder = target;
  objects.setFolders({objectsFolderOf(path)});
  objects.setFile(path, target.empty() ? objectPaths(tree) : std::map<std::string, std::string>());
  // What lies inside is needed for the next save, and there is little of it.
  objects.forgetKept(target.empty() ? digests : std::set<std::string>());
  removeSuperseded(digests);
  saved = std::move(project);
  migrated_from.reset();
  exists = true;
  return {};
}

ProjectFile::ProjectFile(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ProjectFile::ProjectFile(ProjectFile&&) noexcept = default;
ProjectFile& ProjectFile::operator=(ProjectFile&&) noexcept = default;
ProjectFile::~ProjectFile() = default;

Result<ProjectFile> ProjectFile::open(const fs::path& path, ProjectAccess access) {
  auto impl = std::make_unique<Impl>();
  impl->path = fileOf(path);
  impl->project_access = access;
  if (access == ProjectAccess::kWrite) {
    std::error_code problem;
    if (!fs::exists(impl->path, problem)) {
      return fail(ErrorCode::kReadFailed, fmt::format("cannot read '{}'", path.string()),
                  "there is no such file", "Make a project with 'a2q new'.");
    }
    auto lock = ProjectLock::take(impl->path);
    if (!lock) return forward(std::move(lock));
    impl->lock = std::move(*lock);
  }
  auto loaded = projectLane().run([&] { return impl->load(); });
  if (!loaded) return forward(std::move(loaded));
  return ProjectFile(std::move(impl));
}

Result<ProjectFile> ProjectFile::create(const fs::path& path, Existing existing) {
  auto impl = std::make_unique<Impl>();
  impl->path = fileOf(path);
  impl->project_access = ProjectAccess::kWrite;
  if (auto free = checkFree(impl->path, existing); !free) return forward(std::move(free));
  auto lock = ProjectLock::take(impl->path);
  if (!lock) return forward(std::move(lock));
  impl->lock = std::move(*lock);
  impl->objects.setFolders({objectsFolderOf(impl->path)});
  return ProjectFile(std::move(impl));
}

const fs::path& ProjectFile::path() const { return impl_->path; }
ProjectAccess ProjectFile::access() const { return impl_->project_access; }
const Project& ProjectFile::saved() const { return impl_->saved; }
std::optional<std::int64_t> ProjectFile::migratedFrom() const { return impl_->migrated_from; }

ObjectRef ProjectFile::keep(DataTree object) {
  ObjectRef ref{treeDigest(object), contentBytes(object)};
  auto tree = std::make_shared<const DataTree>(std::move(object));
  projectLane().run([&] { impl_->objects.keep(ref.digest, std::move(tree)); });
  return ref;
}

Result<DataTree> ProjectFile::object(const ObjectRef& ref) const {
  auto tree = projectLane().run([&] { return impl_->objects.load(ref.digest); });
  if (!tree) return forward(std::move(tree));
  return **tree;
}

Status ProjectFile::save(Project project) {
  return projectLane().run([&] { return impl_->write(std::move(project), nullptr); });
}

Status ProjectFile::saveApart(Project project, const std::set<std::string>& elsewhere) {
  return projectLane().run([&] { return impl_->write(std::move(project), &elsewhere); });
}

void ProjectFile::lookAlsoIn(const std::shared_ptr<const ProjectFile>& other) {
  projectLane().run([&] {
    impl_->objects.setOther(std::shared_ptr<const ObjectStore>(other, &other->impl_->objects));
  });
}

Status ProjectFile::exportTo(const fs::path& path, Existing existing) const {
  const fs::path file = fileOf(path);
  if (auto free = checkFree(file, existing); !free) return free;
  auto lock = ProjectLock::take(file);
  if (!lock) return forward(std::move(lock));
  return projectLane().run(
      [&] { return writeProjectFile(file, projectTree(impl_->saved), "", impl_->objects); });
}

fs::path livePathOf(const fs::path& project) { return project.string() + ".live"; }
fs::path objectsFolderOf(const fs::path& project) { return project.string() + ".objects"; }

}  // namespace a2q
