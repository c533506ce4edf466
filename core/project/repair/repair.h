// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/project/project_file.h"

namespace a2q {

/// What was read of a damaged project, and what was not.
struct RepairReport {
  std::vector<std::string> kept;  ///< "specification", "run run-1 (finished, 5 epochs)", ...
  std::vector<std::string> lost;  ///< the same, with the reason
  bool damaged = false;           ///< whether anything was wrong at all
};

/// Reads what can be read of a file, damaged or not, and of its objects folder, into a new project
/// file. The damaged file is not touched. It is read in child processes with little memory and
/// time, so that damage that upsets libhdf5 costs the part it is in. Errors: kFileFormat when
/// nothing can be read, kExists, kWriteFailed.
[[nodiscard]] Result<RepairReport> repairProject(const std::filesystem::path& damaged,
                                                 const std::filesystem::path& repaired,
                                                 ProjectFile::Existing existing);

}  // namespace a2q
