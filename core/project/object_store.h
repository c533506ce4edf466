// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/project/data_tree.h"

namespace a2q {

using TreePointer = std::shared_ptr<const DataTree>;

/// Where the objects of a project are found by their digests: in memory until they are saved,
/// inside its file, or as files in folders beside it. Not for two threads.
class ObjectStore {
 public:
  /// Names a file whose members are objects: digest and path of the group.
  void setFile(const std::filesystem::path& file, std::map<std::string, std::string> inside);
  /// Folders to look in, the project's own first.
  void setFolders(std::vector<std::filesystem::path> folders) { folders_ = std::move(folders); }

  /// Another store to look in last.
  void setOther(std::shared_ptr<const ObjectStore> other) { other_ = std::move(other); }

  void keep(const std::string& digest, TreePointer tree) { kept_[digest] = std::move(tree); }
  /// Forgets what is in memory, except those of the set.
  void forgetKept(const std::set<std::string>& except);

  /// The object, checked. Errors: kPartMissing, kChecksum, kFileFormat.
  [[nodiscard]] Result<TreePointer> load(const std::string& digest) const;

  /// Writes those that are not yet in the folder into it, each whole or not at all, and makes them
  /// lasting; the digests that it wrote.
  [[nodiscard]] Result<std::vector<std::string>> storeInto(const std::filesystem::path& folder,
                                                           const std::set<std::string>& digests);

 private:
  std::filesystem::path file_;
  std::map<std::string, std::string> inside_;
  std::vector<std::filesystem::path> folders_;
  std::map<std::string, TreePointer> kept_;
  std::shared_ptr<const ObjectStore> other_;
};

/// Where the objects of a tree stand in its file: digest and path of the group.
[[nodiscard]] std::map<std::string, std::string> objectPaths(const DataTree& tree);

}  // namespace a2q
