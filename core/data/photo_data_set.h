// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string_view>

#include "core/base/result.h"
#include "core/data/data_set.h"

namespace a2q {

/// Makes the pair of one photograph: its luminance or colours, cropped to a multiple of the factor,
/// and that scaled down. Errors: kDataShape when it is smaller than the factor.
[[nodiscard]] Result<PhotoPair> makePair(Photo photo, const PhotoSpec& spec, std::string name);

/// The folder that holds the parts of the set (test, and train where it has one; the images
/// themselves for sets without), in or below the first of `folders` that does.
[[nodiscard]] std::optional<std::filesystem::path> findPhotoFolder(
    std::string_view set, std::span<const std::filesystem::path> folders);

/// Loads photographs (PNG, JPEG) sorted by file name, at most as many as the specification says:
/// "bsd300" (images/train, images/test), "photos" (train, test), "set5" and "set14" (the images
/// themselves, for tests alone). Takes the first of `folders` that holds the test part. Errors:
/// kDataMissing with the folders tried, those of readImage() and makePair().
[[nodiscard]] Result<DataSet> loadPhotoDataSet(const DataSpec& spec,
                                               std::span<const std::filesystem::path> folders);

}  // namespace a2q
