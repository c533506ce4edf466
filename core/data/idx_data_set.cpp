// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/idx_data_set.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <system_error>
#include <vector>

#include "core/data/data_folders.h"
#include "core/data/idx_file.h"

namespace a2q {

namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kClasses = 10;
constexpr std::string_view kTrainPart = "train";
constexpr std::string_view kTestPart = "t10k";
constexpr std::string_view kImages = "images";
constexpr std::string_view kLabels = "labels";

std::array<std::string, 4> namesOf(std::string_view part, std::string_view content) {
  const int rank = content == kImages ? 3 : 1;
  const std::string usual = fmt::format("{}-{}-idx{}-ubyte", part, content, rank);
  const std::string dotted = fmt::format("{}-{}.idx{}-ubyte", part, content, rank);
  return {usual, usual + ".gz", dotted, dotted + ".gz"};
}

std::optional<fs::path> findIn(const fs::path& folder, std::string_view part,
                               std::string_view content) {
  for (const std::string& name : namesOf(part, content)) {
    std::error_code ignored;
    if (fs::is_regular_file(folder / name, ignored)) return folder / name;
  }
  return std::nullopt;
}

bool holdsAny(const fs::path& folder) {
  for (const std::string_view part : {kTrainPart, kTestPart}) {
    if (findIn(folder, part, kImages) || findIn(folder, part, kLabels)) return true;
  }
  return false;
}

tl::unexpected<Error> missing(const std::string& set, std::string_view part,
                              std::string_view content, std::span<const fs::path> folders) {
  return missingData(
      set, fmt::format("{} (or with '.idx', or '.gz')", namesOf(part, content).front()), folders);
}

Status checkLabels(const fs::path& path, const std::vector<std::uint8_t>& labels) {
  const auto wrong = std::find_if(labels.begin(), labels.end(),
                                  [](std::uint8_t label) { return label >= kClasses; });
  if (wrong == labels.end()) return {};
  return fail(ErrorCode::kDataLabels,
              fmt::format("{}: label {} is {}", path.string(), wrong - labels.begin(), *wrong),
              fmt::format("Labels of this set are 0 to {}.", kClasses - 1));
}

Result<ImageSet> readPart(const std::string& set, std::string_view part, const fs::path& folder) {
  const auto image_path = findIn(folder, part, kImages);
  if (!image_path) return missing(set, part, kImages, std::span(&folder, 1));
  const auto label_path = findIn(folder, part, kLabels);
  if (!label_path) return missing(set, part, kLabels, std::span(&folder, 1));
  Result<IdxArray> images = readIdx(*image_path, 3);
  if (!images) return forward(std::move(images));
  Result<IdxArray> labels = readIdx(*label_path, 1);
  if (!labels) return forward(std::move(labels));
  if (images->sizes[0] != labels->sizes[0]) {
    return fail(ErrorCode::kDataLabels,
                fmt::format("{} and {} do not belong together", image_path->string(),
                            label_path->filename().string()),
                fmt::format("{} images, {} labels.", images->sizes[0], labels->sizes[0]));
  }
  Status valid = checkLabels(*label_path, labels->bytes);
  if (!valid) return forward(std::move(valid));
  return ImageSet{{1, images->sizes[1], images->sizes[2]},
                  kClasses,
                  std::move(images->bytes),
                  std::move(labels->bytes)};
}

}  // namespace

std::optional<fs::path> findIdxFolder(std::span<const fs::path> folders) {
  const auto folder = std::find_if(folders.begin(), folders.end(), holdsAny);
  return folder == folders.end() ? std::nullopt : std::optional(*folder);
}

Result<DataSet> loadIdxDataSet(const std::string& name, std::span<const fs::path> folders) {
  const auto folder = findIdxFolder(folders);
  if (!folder) return missing(name, kTrainPart, kImages, folders);
  Result<ImageSet> train = readPart(name, kTrainPart, *folder);
  if (!train) return forward(std::move(train));
  Result<ImageSet> test = readPart(name, kTestPart, *folder);
  if (!test) return forward(std::move(test));
  if (train->shape != test->shape) {
    return fail(ErrorCode::kDataShape,
                fmt::format("data set '{}': training and test images differ in size", name),
                fmt::format("{}×{} and {}×{} in {}.", train->shape.height, train->shape.width,
                            test->shape.height, test->shape.width, folder->string()),
                "Put the four files of one set into the folder.");
  }
  return DataSet{.name = name,
                 .source = folder->string(),
                 .train = std::move(*train),
                 .test = std::move(*test)};
}

}  // namespace a2q
