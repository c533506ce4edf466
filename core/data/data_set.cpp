// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/data_set.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string_view>

#include "core/base/text_distance.h"
#include "core/data/cifar_data_set.h"
#include "core/data/digit_generator.h"
#include "core/data/idx_data_set.h"

namespace a2q {

namespace {

namespace fs = std::filesystem;

/// What a loader is handed.
struct Request {
  const DataSpec& spec;
  std::uint64_t seed;
  std::vector<fs::path> folders;
};

struct KnownSet {
  std::string_view name;
  Result<DataSet> (*load)(const Request& request);
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

constexpr std::array kKnownSets = {
    KnownSet{"digits", loadDigits},
    KnownSet{"mnist", loadIdx},
    KnownSet{"fashion-mnist", loadIdx},
    KnownSet{"cifar10", loadCifar},
};

// The first place that is named decides: going on to the next when it lacks the files would train
// on other data than the user asked for.
std::vector<fs::path> foldersFor(const DataSpec& spec, const fs::path& override_folder) {
  fs::path named = override_folder.empty() ? fs::path(spec.path) : override_folder;
  const char* const root = std::getenv("A2Q_DATA_DIR");
  if (named.empty() && root != nullptr && *root != '\0') named = fs::path(root) / spec.set;
  if (named.empty()) return {};
  return {named, named / spec.set};
}

void keepFirst(ImageSet& set, std::int64_t limit) {
  const auto count = static_cast<std::size_t>(limited(set.count(), limit));
  set.labels.resize(count);
  set.pixels.resize(count * static_cast<std::size_t>(set.shape.size()));
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
  const auto known = std::find_if(kKnownSets.begin(), kKnownSets.end(),
                                  [&](const KnownSet& set) { return set.name == spec.set; });
  if (known == kKnownSets.end()) return unknownSet(spec.set);
  if (spec.train_samples < 0 || spec.test_samples < 0) {
    return fail(
        ErrorCode::kSpecValue, "data: the number of samples is negative",
        fmt::format("train_samples is {}, test_samples {}.", spec.train_samples, spec.test_samples),
        "Give a positive number, or 0 for all.");
  }
  Result<DataSet> set = known->load({spec, seed, foldersFor(spec, override_folder)});
  if (!set) return set;
  keepFirst(set->train, spec.train_samples);
  keepFirst(set->test, spec.test_samples);
  return set;
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
