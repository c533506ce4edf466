// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/image_folder_data_set.h"

#include <fmt/format.h>

#include <algorithm>
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

constexpr std::size_t kMostClasses = 256;

struct LabelledFile {
  fs::path path;
  std::uint8_t label;
};

bool isFolder(const fs::path& path) {
  std::error_code ignored;
  return fs::is_directory(path, ignored);
}

/// The names of the folders in a folder, sorted, without hidden ones.
Result<std::vector<std::string>> foldersIn(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code problem;
  fs::directory_iterator entry(folder, problem);
  for (; !problem && entry != fs::directory_iterator(); entry.increment(problem)) {
    const std::string name = entry->path().filename().string();
    if (!name.starts_with('.') && isFolder(entry->path())) names.push_back(name);
  }
  if (problem) {
    return fail(ErrorCode::kReadFailed, fmt::format("cannot read the folder {}", folder.string()),
                problem.message());
  }
  std::sort(names.begin(), names.end());
  return names;
}

Status checkClasses(const fs::path& root, const std::vector<std::string>& classes) {
  const fs::path train = root / "train";
  if (classes.size() > kMostClasses) {
    return fail(ErrorCode::kDataLabels,
                fmt::format("{} has {} classes", train.string(), classes.size()),
                fmt::format("At most {} are possible.", kMostClasses));
  }
  const Result<std::vector<std::string>> tested = foldersIn(root / "test");
  if (!tested) return tl::make_unexpected(tested.error());
  for (const std::string& name : *tested) {
    if (std::binary_search(classes.begin(), classes.end(), name)) continue;
    return fail(ErrorCode::kDataLabels,
                fmt::format("the class of {} is not trained", (root / "test" / name).string()),
                fmt::format("There is no folder {}.", (train / name).string()),
                "Give both parts the same classes.");
  }
  return {};
}

tl::unexpected<Error> emptyClass(const fs::path& folder) {
  return fail(ErrorCode::kDataMissing, fmt::format("{} holds no image", folder.string()),
              "Every class needs a PNG or JPEG image in both parts.",
              "Put some there, or remove the folder of the class from train and test.");
}

/// The files of a part, one of each class in turn.
Result<std::vector<LabelledFile>> filesOf(const fs::path& part,
                                          const std::vector<std::string>& classes) {
  std::vector<std::vector<fs::path>> by_class;
  std::size_t longest = 0;
  for (const std::string& name : classes) {
    const fs::path folder = part / name;
    if (!isFolder(folder)) return emptyClass(folder);
    Result<std::vector<fs::path>> files = imagesIn(folder);
    if (!files) return forward(std::move(files));
    if (files->empty()) return emptyClass(folder);
    longest = std::max(longest, files->size());
    by_class.push_back(std::move(*files));
  }
  std::vector<LabelledFile> files;
  for (std::size_t index = 0; index < longest; ++index) {
    for (std::size_t label = 0; label < by_class.size(); ++label) {
      if (index >= by_class[label].size()) continue;
      files.push_back({std::move(by_class[label][index]), static_cast<std::uint8_t>(label)});
    }
  }
  return files;
}

/// Makes three planes of the one of every image, from the back so that no copy is needed.
void makeRgb(ImageSet& set) {
  const auto plane = static_cast<std::size_t>(set.shape.size());
  set.shape.channels = 3;
  set.pixels.resize(3 * plane * set.labels.size());
  for (std::size_t image = set.labels.size(); image-- > 0;) {
    for (std::size_t i = plane; i-- > 0;) {
      // Read first: for the first image source and destination overlap.
      const std::uint8_t value = set.pixels[image * plane + i];
      for (std::size_t channel = 3; channel-- > 0;) {
        set.pixels[(3 * image + channel) * plane + i] = value;
      }
    }
  }
}

Status checkSize(const Photo& photo, const LabelledFile& file, const ImageSet& set,
                 const fs::path& first) {
  if (photo.shape.height == set.shape.height && photo.shape.width == set.shape.width) return {};
  return fail(ErrorCode::kDataShape,
              fmt::format("{} is of another size than {}", file.path.string(), first.string()),
              fmt::format("{}×{} and {}×{}.", photo.shape.height, photo.shape.width,
                          set.shape.height, set.shape.width),
              fmt::format("Set data.size, for example to [{}, {}]: all images are scaled to it.",
                          set.shape.height, set.shape.width));
}

Status append(Photo photo, const LabelledFile& file, const fs::path& first, std::size_t count,
              ImageSet& set) {
  if (set.labels.empty()) {
    set.shape = photo.shape;
    set.pixels.reserve(count * photo.pixels.size());
  }
  if (Status same = checkSize(photo, file, set, first); !same) return same;
  if (photo.shape.channels > set.shape.channels) makeRgb(set);
  if (photo.shape.channels < set.shape.channels) photo = rgb(std::move(photo));
  set.pixels.insert(set.pixels.end(), photo.pixels.begin(), photo.pixels.end());
  set.labels.push_back(file.label);
  return {};
}

Result<ImageSet> readPart(const DataSpec& spec, const fs::path& part, std::int64_t limit,
                          const std::vector<std::string>& classes) {
  Result<std::vector<LabelledFile>> files = filesOf(part, classes);
  if (!files) return forward(std::move(files));
  if (limit > 0 && static_cast<std::size_t>(limit) < files->size()) {
    files->erase(files->begin() + limit, files->end());
  }
  ImageSet set{{}, static_cast<std::int64_t>(classes.size()), {}, {}};
  for (const LabelledFile& file : *files) {
    Result<Photo> photo = readImage(file.path);
    if (!photo) return forward(std::move(photo));
    if (spec.size.height > 0) *photo = resizeBicubic(*photo, spec.size);
    Status added = append(std::move(*photo), file, files->front().path, files->size(), set);
    if (!added) return forward(std::move(added));
  }
  return set;
}

Status joinParts(ImageSet& train, ImageSet& test) {
  if (train.shape.channels < test.shape.channels) makeRgb(train);
  if (test.shape.channels < train.shape.channels) makeRgb(test);
  if (train.shape == test.shape) return {};
  return fail(ErrorCode::kDataShape, "training and test images differ in size",
              fmt::format("{}×{} and {}×{}.", train.shape.height, train.shape.width,
                          test.shape.height, test.shape.width),
              "Set data.size: all images are scaled to it.");
}

}  // namespace

std::optional<fs::path> findImageFolder(std::span<const fs::path> folders) {
  const auto holds_classes = [](const fs::path& part) {
    const Result<std::vector<std::string>> classes = foldersIn(part);
    return classes && !classes->empty();
  };
  const auto root = std::find_if(folders.begin(), folders.end(), [&](const fs::path& folder) {
    return holds_classes(folder / "train") && holds_classes(folder / "test");
  });
  return root == folders.end() ? std::nullopt : std::optional(*root);
}

Result<DataSet> loadImageFolderDataSet(const DataSpec& spec, std::span<const fs::path> folders) {
  if ((spec.size.height > 0) != (spec.size.width > 0)) {
    return fail(ErrorCode::kSpecValue, "data.size: one of the sides is 0",
                fmt::format("It is [{}, {}].", spec.size.height, spec.size.width),
                "Give height and width, or [0, 0] to keep the images as they are.");
  }
  const auto root = findImageFolder(folders);
  if (!root) {
    return missingData(spec.set, "folders 'train' and 'test' with one folder a class", folders);
  }
  Result<std::vector<std::string>> classes = foldersIn(*root / "train");
  if (!classes) return forward(std::move(classes));
  if (Status valid = checkClasses(*root, *classes); !valid) {
    return forward(std::move(valid));
  }
  Result<ImageSet> train = readPart(spec, *root / "train", spec.train_samples, *classes);
  if (!train) return forward(std::move(train));
  Result<ImageSet> test = readPart(spec, *root / "test", spec.test_samples, *classes);
  if (!test) return forward(std::move(test));
  if (Status same = joinParts(*train, *test); !same) return forward(std::move(same));
  return DataSet{.name = spec.set,
                 .source = root->string(),
                 .train = std::move(*train),
                 .test = std::move(*test),
                 .class_names = std::move(*classes)};
}

}  // namespace a2q
