// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/photo_data_set.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "core/data/data_folders.h"
#include "core/data/image_file.h"
#include "core/data/resample.h"

namespace a2q {

namespace {

namespace fs = std::filesystem;

/// Where the parts of a set lie below a named folder: in <root>/train and <root>/test, or, for a
/// set without training part, in <root> itself.
struct Layout {
  std::string_view set;
  std::array<std::string_view, 3> roots;
  bool test_only;
};

constexpr std::array kLayouts = {
    Layout{"bsd300", {"images", "BSDS300/images", ""}, false},
    Layout{"set5", {"", "Set5", "sr-test/Set5"}, true},
    Layout{"set14", {"", "Set14", "sr-test/Set14"}, true},
    Layout{"photos", {"", "", ""}, false},
};

const Layout& layoutOf(std::string_view set) {
  const auto found = std::find_if(kLayouts.begin(), kLayouts.end(),
                                  [set](const Layout& layout) { return layout.set == set; });
  return found == kLayouts.end() ? kLayouts.back() : *found;
}

fs::path testFolder(const Layout& layout, const fs::path& root) {
  return layout.test_only ? root : root / "test";
}

Result<PhotoSet> readPhotos(const fs::path& folder, std::int64_t limit, const DataSpec& spec) {
  Result<std::vector<fs::path>> files = imagesIn(folder);
  if (!files) return forward(std::move(files));
  if (limit > 0 && static_cast<std::size_t>(limit) < files->size()) {
    files->resize(static_cast<std::size_t>(limit));
  }
  PhotoSet set{spec.photos.factor, spec.photos.colour == Colour::kRgb ? 3 : 1, {}};
  for (const fs::path& file : *files) {
    Result<Photo> photo = readImage(file);
    if (!photo) return forward(std::move(photo));
    Result<PhotoPair> pair = makePair(std::move(*photo), spec.photos, file.string());
    if (!pair) return forward(std::move(pair));
    pair->name = file.filename().string();
    set.pairs.push_back(std::move(*pair));
  }
  return set;
}

tl::unexpected<Error> missing(const Layout& layout, std::span<const fs::path> folders) {
  const std::string what =
      layout.test_only ? "PNG or JPEG images" : "a folder 'test' with PNG or JPEG images";
  return missingData(layout.set, what, folders);
}

tl::unexpected<Error> missingTrain(const DataSpec& spec, const fs::path& folder) {
  return missingData(spec.set, "PNG or JPEG images to train on", std::span(&folder, 1));
}

}  // namespace

std::optional<fs::path> findPhotoFolder(std::string_view set, std::span<const fs::path> folders) {
  const Layout& layout = layoutOf(set);
  for (const fs::path& folder : folders) {
    for (const std::string_view below : layout.roots) {
      const fs::path root = below.empty() ? folder : folder / below;
      const auto images = imagesIn(testFolder(layout, root));
      if (images && !images->empty()) return root;
    }
  }
  return std::nullopt;
}

Result<PhotoPair> makePair(Photo photo, const PhotoSpec& spec, std::string name) {
  if (photo.shape.height < spec.factor || photo.shape.width < spec.factor) {
    return fail(ErrorCode::kDataShape, fmt::format("{} is too small", name),
                fmt::format("It is {}×{}, and is to be scaled down by {}.", photo.shape.height,
                            photo.shape.width, spec.factor),
                "Take it out of the folder, or lower data.photos.factor.");
  }
  photo = spec.colour == Colour::kRgb ? rgb(std::move(photo)) : luminance(std::move(photo));
  PhotoPair pair{std::move(name), {}, cropToMultiple(photo, spec.factor)};
  pair.low = downscale(pair.high, spec.factor, spec.downscale);
  return pair;
}

Result<DataSet> loadPhotoDataSet(const DataSpec& spec, std::span<const fs::path> folders) {
  const Layout& layout = layoutOf(spec.set);
  const std::optional<fs::path> root = findPhotoFolder(spec.set, folders);
  if (!root) return missing(layout, folders);
  DataSet data{.name = spec.set, .source = root->string(), .task = Task::kSuperResolution};
  data.train_photos = {spec.photos.factor, spec.photos.colour == Colour::kRgb ? 3 : 1, {}};
  if (!layout.test_only) {
    const fs::path folder = *root / "train";
    std::error_code ignored;
    if (!fs::is_directory(folder, ignored)) return missingTrain(spec, folder);
    Result<PhotoSet> train = readPhotos(folder, spec.train_samples, spec);
    if (!train) return forward(std::move(train));
    if (train->pairs.empty()) return missingTrain(spec, folder);
    data.train_photos = std::move(*train);
  }
  Result<PhotoSet> test = readPhotos(testFolder(layout, *root), spec.test_samples, spec);
  if (!test) return forward(std::move(test));
  data.test_photos = std::move(*test);
  return data;
}

}  // namespace a2q
