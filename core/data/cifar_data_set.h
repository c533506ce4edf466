// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <span>

#include "core/base/result.h"
#include "core/data/data_set.h"

namespace a2q {

/// The folder that holds the batches: the first of `folders` that does, itself or in its subfolder
/// cifar-10-batches-bin.
[[nodiscard]] std::optional<std::filesystem::path> findCifarFolder(
    std::span<const std::filesystem::path> folders);

/// Loads CIFAR-10 in its binary version (records of 1 label byte and 3 × 1024 pixel bytes, red,
/// green, blue) from the first of `folders` that holds data_batch_1..5.bin or test_batch.bin,
/// itself or in its subfolder cifar-10-batches-bin. Takes the training batches that are there; the
/// source in words says how many. Errors: kDataMissing, kDataTruncated (no whole number of
/// records), kDataLabels (not below 10), kReadFailed.
[[nodiscard]] Result<DataSet> loadCifarDataSet(std::span<const std::filesystem::path> folders);

}  // namespace a2q
