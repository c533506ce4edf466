// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <span>

#include "core/base/result.h"
#include "core/data/data_set.h"

namespace a2q {

/// The first of `folders` that holds folders of classes in both train and test.
[[nodiscard]] std::optional<std::filesystem::path> findImageFolder(
    std::span<const std::filesystem::path> folders);

/// Loads train/<class>/*.png|jpg and test/<class>/* from the first of `folders` that holds both
/// parts. Classes are the folders of train, sorted, at most 256; the images of all classes come in
/// turn, so that a limit keeps every class. They are scaled to DataSpec::size when it is given and
/// must be of one size otherwise; grey ones among coloured ones become RGB. Errors: kDataMissing
/// (part or class without images), kDataLabels (a class that train lacks, too many classes),
/// kDataShape, kSpecValue (one side of the size), those of readImage().
[[nodiscard]] Result<DataSet> loadImageFolderDataSet(
    const DataSpec& spec, std::span<const std::filesystem::path> folders);

}  // namespace a2q
