// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/data/image_set.h"
#include "core/data/photo_set.h"
#include "core/network/train_spec.h"

namespace a2q {

/// What a network learns from a set: a class per image, or the high-resolution image.
enum class Task { kClassification, kSuperResolution };

/// The two parts of a data set and where they came from, in words. A set holds images with labels
/// or pairs of photographs; the other two members are empty. Sets for tests alone (Set5, Set14)
/// have no training part.
struct DataSet {
  std::string name;
  std::string source;
  Task task = Task::kClassification;
  ImageSet train = {};
  ImageSet test = {};
  PhotoSet train_photos = {};
  PhotoSet test_photos = {};
  std::vector<std::string> class_names = {};  ///< of the set "images", by label; else empty
};

/// Which part of a data set.
enum class DataPart { kTrain, kTest };

[[nodiscard]] inline const ImageSet& imagesOf(const DataSet& data, DataPart part) {
  return part == DataPart::kTrain ? data.train : data.test;
}
[[nodiscard]] inline const PhotoSet& photosOf(const DataSet& data, DataPart part) {
  return part == DataPart::kTrain ? data.train_photos : data.test_photos;
}

/// "60000 training and 10000 test images".
[[nodiscard]] std::string countsText(const DataSet& data);

/// Loads what the specification names. The folder is, in this order: `override_folder` (--data),
/// DataSpec::path, A2Q_DATA_DIR/<set>, the cache that `a2q data fetch` fills; and each may hold the
/// files itself or in a subfolder <set>. Errors: those of the loaders, and kSpecValue for an
/// augmentation that the images cannot take (of photographs: their patches, see checkAugment()).
[[nodiscard]] Result<DataSet> loadDataSet(const DataSpec& spec, std::uint64_t seed,
                                          const std::filesystem::path& override_folder = {});

/// The folder in which the files of the set lie, in or below the first of `folders` that holds
/// them; none for 'digits' and unknown names.
[[nodiscard]] std::optional<std::filesystem::path> findDataSet(
    std::string_view set, std::span<const std::filesystem::path> folders);

/// Whether the augmentation can be applied to images, or patches, of that size: a turn needs square
/// ones, and patches are not padded. Errors: kSpecValue.
[[nodiscard]] Status checkAugment(const AugmentSpec& augment, Task task, Extent size);

/// The names loadDataSet() knows.
[[nodiscard]] std::vector<std::string> dataSetNames();

}  // namespace a2q
