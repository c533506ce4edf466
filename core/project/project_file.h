// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "core/base/result.h"
#include "core/project/project.h"

namespace a2q {

/// Who holds a project open for writing, as its lock file says.
struct LockOwner {
  std::int64_t process = 0;
  std::string host;
  std::string user;
  std::string program;  ///< "a2q train"
  std::string since;
  /// "a2q train, process 4711 of anna on lab3, since 2026-11-23T17:04:05Z".
  [[nodiscard]] std::string text() const;
};

enum class ProjectAccess { kWrite, kReadOnly };

/// Whether large parts lie in the folder "<file>.objects" beside the project.
enum class Storage {
  kBySize,   ///< inside up to kInsideBytes in all, else beside
  kOneFile,  ///< all inside: to hand over
};

/// A project of no more than so many bytes of checkpoints and records is one file.
inline constexpr std::uint64_t kInsideBytes = std::uint64_t{32} << 20;

/// An open project file (`.a2q`, HDF5). The project itself is a value that callers change and hand
/// back to save(). Any thread may call; HDF5 runs on projectLane().
class ProjectFile {
 public:
  /// Opens a file. For writing it takes the lock, which is kept until the destructor. Older
  /// versions are migrated in memory. Errors: kLocked with the owner, kReadOnly when the folder
  /// cannot be written to, kFileNewer with the version needed, kFileFormat, kLeadsOutside,
  /// kReadFailed.
  [[nodiscard]] static Result<ProjectFile> open(const std::filesystem::path& path,
                                                ProjectAccess access);

  /// Takes a place that is free, or, when allowed, taken; nothing is written before save().
  enum class Existing { kRefuse, kReplace };
  [[nodiscard]] static Result<ProjectFile> create(const std::filesystem::path& path,
                                                  Existing existing);

  ProjectFile(ProjectFile&&) noexcept;
  ProjectFile& operator=(ProjectFile&&) noexcept;
  ~ProjectFile();

  [[nodiscard]] const std::filesystem::path& path() const;
  [[nodiscard]] ProjectAccess access() const;
  /// As it was read or saved last.
  [[nodiscard]] const Project& saved() const;
  /// Whether somebody held it open for writing when it was read: a run that trains while nobody
  /// does was interrupted.
  [[nodiscard]] bool heldWhenRead() const;
  /// The major version the file had before it was migrated; none when it is today's.
  [[nodiscard]] std::optional<std::int64_t> migratedFrom() const;

  /// Keeps a large part until save() writes it, as far as the project then refers to it.
  [[nodiscard]] ObjectRef keep(DataTree object);
  /// A large part, checked against its digest. Errors: kPartMissing, kChecksum, kFileFormat.
  [[nodiscard]] Result<DataTree> object(const ObjectRef& ref) const;

  /// Writes the project: large parts first, then a temporary file, read again and compared, made
  /// lasting, renamed; the folder made lasting. On an error the old file is as it was. `modified`
  /// becomes now when something else differs from saved(). Equal content gives equal bytes.
  [[nodiscard]] Status save(Project project);
  /// The same for a file that lies apart from its project: large parts `elsewhere` are only
  /// referred to, the others are files in its objects folder, each written once.
  [[nodiscard]] Status saveApart(Project project, const std::set<std::string>& elsewhere);
  /// Large parts that this file does not have are looked for in another one.
  void lookAlsoIn(const std::shared_ptr<const ProjectFile>& other);
  /// Writes it, as one file, to another place; this file and its lock stay as they are.
  [[nodiscard]] Status exportTo(const std::filesystem::path& path, Existing existing) const;

 private:
  struct Impl;
  explicit ProjectFile(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// Who holds the project at a path open for writing; none when nobody does.
[[nodiscard]] std::optional<LockOwner> projectOwner(const std::filesystem::path& path);

/// "<file>.lock", "<file>.live" and "<file>.objects" beside a project.
[[nodiscard]] std::filesystem::path lockPathOf(const std::filesystem::path& project);
[[nodiscard]] std::filesystem::path livePathOf(const std::filesystem::path& project);
[[nodiscard]] std::filesystem::path objectsFolderOf(const std::filesystem::path& project);

}  // namespace a2q
