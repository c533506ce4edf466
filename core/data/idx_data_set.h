// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>

#include "core/base/result.h"
#include "core/data/data_set.h"

namespace a2q {

/// The first of `folders` that holds any of the four files.
[[nodiscard]] std::optional<std::filesystem::path> findIdxFolder(
    std::span<const std::filesystem::path> folders);

/// Loads MNIST or a set of its form (four IDX files, ten classes) from the first of `folders` that
/// holds any of them. File names may have '.' for the '-' before "idx", and may end in ".gz".
/// Errors: kDataMissing with the names and folders tried, kDataLabels when labels are not below 10
/// or as many as the images, kDataShape when the two parts differ, and those of readIdx().
[[nodiscard]] Result<DataSet> loadIdxDataSet(const std::string& name,
                                             std::span<const std::filesystem::path> folders);

}  // namespace a2q
