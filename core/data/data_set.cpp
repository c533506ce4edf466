// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/data_set.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "core/base/text_distance.h"
#include "core/data/cifar_data_set.h"
#include "core/data/data_folders.h"
#include "core/data/digit_generator.h"
#include "core/data/idx_data_set.h"
#include "core/data/image_folder_data_set.h"
#include "core/data/optdigits_data_set.h"
#include "core/data/photo_data_set.h"

namespace a2q {

namespace {

namespace fs = std::filesystem;

/// What a loader is handed.
struct Request {
  const DataSpec& spec;
  std::uint64_t seed;
  std::vector<fs::path> folders;
};

using Folders = std::span<const fs::path>;

struct KnownSet {
  std::string_view name;
  Result<DataSet> (*load)(const Request& request);
  std::optional<fs::path> (*find)(std::string_view set, Folders folders);
};

std::int64_t limited(std::int64_t all, std::int64_t limit) {
  return limit == 0 ? all : std::min(all, limit);
}

Result<DataSet> loadDigits(const Request& request) {
  const std::int64_t train = limited(kDigitsTrainCount, request.spec.train_samples);
  const std::int64_t test = limited(kDigitsTestCount, request.spec.test_samples);
  return DataSet{.name = request.spec.set,
                 .source = fmt::format("generator, seed {}", request.seed),
                 .train = generateDigits(request.seed, DigitSplit::kTrain, train),
                 .test = generateDigits(request.seed, DigitSplit::kTest, test)};
}

Result<DataSet> loadIdx(const Request& request) {
  return loadIdxDataSet(request.spec.set, request.folders);
}

Result<DataSet> loadCifar(const Request& request) { return loadCifarDataSet(request.folders); }

Result<DataSet> loadOptdigits(const Request& request) {
  return loadOptdigitsDataSet(request.folders);
}

Result<DataSet> loadImageFolder(const Request& request) {
  return loadImageFolderDataSet(request.spec, request.folders);
}

Result<DataSet> loadPhotos(const Request& request) {
  return loadPhotoDataSet(request.spec, request.folders);
}

std::optional<fs::path> findNothing(std::string_view, Folders) { return std::nullopt; }
std::optional<fs::path> findIdx(std::string_view, Folders folders) {
  return findIdxFolder(folders);
}
std::optional<fs::path> findCifar(std::string_view, Folders folders) {
  return findCifarFolder(folders);
}
std::optional<fs::path> findOptdigits(std::string_view, Folders folders) {
  return findOptdigitsFolder(folders);
}
std::optional<fs::path> findImages(std::string_view, Folders folders) {
  return findImageFolder(folders);
}

constexpr std::array kKnownSets = {
    KnownSet{"digits", loadDigits, findNothing},
    KnownSet{"mnist", loadIdx, findIdx},
    KnownSet{"fashion-mnist", loadIdx, findIdx},
    KnownSet{"cifar10", loadCifar, findCifar},
    KnownSet{"optdigits", loadOptdigits, findOptdigits},
    KnownSet{"images", loadImageFolder, findImages},
    KnownSet{"bsd300", loadPhotos, findPhotoFolder},
    KnownSet{"set5", loadPhotos, findPhotoFolder},
    KnownSet{"set14", loadPhotos, findPhotoFolder},
    KnownSet{"photos", loadPhotos, findPhotoFolder},
};

const KnownSet* knownSet(std::string_view name) {
  const auto known = std::find_if(kKnownSets.begin(), kKnownSets.end(),
                                  [name](const KnownSet& set) { return set.name == name; });
  return known == kKnownSets.end() ? nullptr : &*known;
}

void keepFirst(ImageSet& set, std::int64_t limit) {
  if (limited(set.count(), limit) == set.count()) return;
  const auto count = static_cast<std::size_t>(limit);
  set.labels.resize(count);
  set.pixels.resize(count * static_cast<std::size_t>(set.shape.size()));
  set.pixels.shrink_to_fit();
}

/// The patches of photographs are as large as the network's input, which is not known here.
Status checkLoaded(const DataSpec& spec, const DataSet& set) {
  const bool photos = set.task == Task::kSuperResolution;
  const Extent size = photos ? Extent{1, 1} : Extent{set.train.shape.height, set.train.shape.width};
  return checkAugment(spec.augment, set.task, size);
}

tl::unexpected<Error> unknownSet(const std::string& name) {
  std::vector<std::string_view> names;
  names.reserve(kKnownSets.size());
  for (const KnownSet& set : kKnownSets) names.push_back(set.name);
  const std::string meant = nearest(name, names);
  return fail(ErrorCode::kSpecValue, fmt::format("data.set: there is no data set '{}'", name),
              fmt::format("Known are {}.", fmt::join(names, ", ")),
              meant.empty() ? std::string() : fmt::format("Did you mean '{}'?", meant));
}

}  // namespace

Result<DataSet> loadDataSet(const DataSpec& spec, std::uint64_t seed,
                            const fs::path& override_folder) {
  const KnownSet* const known = knownSet(spec.set);
  if (known == nullptr) return unknownSet(spec.set);
  if (spec.train_samples < 0 || spec.test_samples < 0) {
    return fail(
        ErrorCode::kSpecValue, "data: the number of samples is negative",
        fmt::format("train_samples is {}, test_samples {}.", spec.train_samples, spec.test_samples),
        "Give a positive number, or 0 for all.");
  }
  Result<DataSet> set = known->load({spec, seed, dataFolders(spec, override_folder)});
  if (!set) return set;
  if (Status valid = checkLoaded(spec, *set); !valid) return forward(std::move(valid));
  keepFirst(set->train, spec.train_samples);
  keepFirst(set->test, spec.test_samples);
  return set;
}

std::optional<fs::path> findDataSet(std::string_view set, std::span<const fs::path> folders) {
  const KnownSet* const known = knownSet(set);
  return known == nullptr ? std::nullopt : known->find(set, folders);
}

Status checkAugment(const AugmentSpec& augment, Task task, Extent size) {
  if (augment.turn && size.height != size.width) {
    return fail(ErrorCode::kSpecValue, "data.augment.turn: only square images can be turned",
                fmt::format("{} of this set are {}×{}.",
                            task == Task::kSuperResolution ? "The patches" : "The images",
                            size.height, size.width),
                "Take data.augment.turn = true out, or make the input square.");
  }
  if (augment.pad > 0 && task == Task::kSuperResolution) {
    return fail(ErrorCode::kSpecValue, "data.augment.pad: photographs are not padded",
                "Their patches are cut at random places as they are.",
                "Set data.augment.pad to 0.");
  }
  return {};
}

std::string countsText(const DataSet& data) {
  if (data.task == Task::kSuperResolution) {
    return fmt::format("{} training and {} test photographs", data.train_photos.count(),
                       data.test_photos.count());
  }
  return fmt::format("{} training and {} test images", data.train.count(), data.test.count());
}

std::vector<std::string> dataSetNames() {
  std::vector<std::string> names;
  names.reserve(kKnownSets.size());
  for (const KnownSet& set : kKnownSets) names.emplace_back(set.name);
  return names;
}

}  // namespace a2q
