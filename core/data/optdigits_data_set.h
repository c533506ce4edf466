// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <span>

#include "core/base/result.h"
#include "core/data/data_set.h"

namespace a2q {

/// The first of `folders` that holds optdigits.tra or optdigits.tes.
[[nodiscard]] std::optional<std::filesystem::path> findOptdigitsFolder(
    std::span<const std::filesystem::path> folders);

/// Loads the UCI set "Optical Recognition of Handwritten Digits" from the first of `folders` that
/// holds optdigits.tra or optdigits.tes: a line an image, 64 counts of 0 to 16 and the digit,
/// parted by commas. Images are 1 × 8 × 8 and keep these values. Errors: kDataMissing, kReadFailed,
/// kFileFormat with line and value, kDataLabels.
[[nodiscard]] Result<DataSet> loadOptdigitsDataSet(std::span<const std::filesystem::path> folders);

}  // namespace a2q
