// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

#include "core/diagnosis/diagnosis.h"

namespace a2q {

/// The libraries of the program and what they bring along. Opens LibTorch, which tells by the
/// mapped files of the process which BLAS it got.
[[nodiscard]] std::vector<Finding> libraryFindings();

/// The BLAS among the mapped files of a process, as /proc/PID/maps lists them.
[[nodiscard]] Finding blasFinding(std::string_view maps);

/// Processors, memory, folders and data sets.
[[nodiscard]] std::vector<Finding> machineFindings();

/// Whether the program can write into a folder that it makes when it needs it, and the free space
/// there.
[[nodiscard]] Finding folderFinding(std::string_view what, const std::filesystem::path& folder,
                                    std::string_view variable);

/// Programs outside of this one, with their versions.
[[nodiscard]] std::vector<Finding> toolFindings();

}  // namespace a2q
