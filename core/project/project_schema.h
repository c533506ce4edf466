// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "core/base/result.h"
#include "core/project/project.h"

namespace a2q {

/// The major version of the format this program writes, and the minor one, which readers of the
/// same major version need not know.
inline constexpr std::int64_t kFormatMajor = 2;
inline constexpr std::int64_t kFormatMinor = 0;

/// The tree of a project's file, without its objects.
[[nodiscard]] DataTree projectTree(const Project& project);

/// What a file holds.
struct ReadProject {
  Project project;
  std::optional<std::int64_t> migrated_from;  ///< its major version when that was older
};

/// A project from the tree of a file of this or an older version. What is not known is kept in
/// `unknown`. `name` is shown in errors: kFileNewer with the version needed, kFileFormat with the
/// path of what is wrong.
[[nodiscard]] Result<ReadProject> projectOf(DataTree tree, const std::string& name);

}  // namespace a2q
