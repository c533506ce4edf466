// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <vector>

#include "app/cli/data_actions.h"
#include "app/cli/output.h"
#include "core/data/check.h"

namespace a2q::cli {
namespace {

std::vector<std::int64_t> countsOf(const ImageSet& images) {
  std::vector<std::int64_t> counts(static_cast<std::size_t>(images.classes), 0);
  for (const std::uint8_t label : images.labels) ++counts[label];
  return counts;
}

struct Range {
  Extent least;
  Extent most;
};

Range sizesOf(const PhotoSet& photos) {
  Range range;
  for (const PhotoPair& pair : photos.pairs) {
    const Shape& shape = pair.high.shape;
    if (&pair == &photos.pairs.front()) {
      range = {{shape.height, shape.width}, {shape.height, shape.width}};
    }
    range.least.height = std::min(range.least.height, shape.height);
    range.least.width = std::min(range.least.width, shape.width);
    range.most.height = std::max(range.most.height, shape.height);
    range.most.width = std::max(range.most.width, shape.width);
  }
  return range;
}

std::string contentText(const DataSet& data) {
  if (data.task == Task::kSuperResolution) {
    const Range sizes = sizesOf(data.test_photos);
    return fmt::format("Photographs: {}; tests are {} to {} high and {} to {} wide\n",
                       countsText(data), sizes.least.height, sizes.most.height, sizes.least.width,
                       sizes.most.width);
  }
  std::string out =
      fmt::format("Images:      {} of {}\n", countsText(data), toString(data.train.shape));
  out += fmt::format("Classes:     {}; training images of each: {}\n", data.train.classes,
                     fmt::join(countsOf(data.train), ", "));
  if (!data.class_names.empty()) {
    out += fmt::format("Names:       {}\n", fmt::join(data.class_names, ", "));
  }
  return out;
}

std::string originalsText(const DataCheck& check) {
  const Originals& files = check.originals;
  if (files.same.empty() && files.different.empty()) return "no published file to compare with";
  if (check.damaged) {
    return fmt::format("DAMAGED: not the published content: {}", fmt::join(files.different, ", "));
  }
  if (files.same.empty()) return "not the published files; another set in the same form";
  std::string out = fmt::format("{} agree with the published SHA-256", fmt::join(files.same, ", "));
  if (!files.missing.empty()) {
    out += fmt::format("; not there: {}", fmt::join(files.missing, ", "));
  }
  return out;
}

nlohmann::ordered_json contentJson(const DataSet& data) {
  if (data.task == Task::kSuperResolution) {
    const Range sizes = sizesOf(data.test_photos);
    return {{"task", "super_resolution"},
            {"train_count", data.train_photos.count()},
            {"test_count", data.test_photos.count()},
            {"test_heights", {sizes.least.height, sizes.most.height}},
            {"test_widths", {sizes.least.width, sizes.most.width}}};
  }
  const Shape& shape = data.train.shape;
  return {{"task", "classification"},
          {"train_count", data.train.count()},
          {"test_count", data.test.count()},
          {"shape", {shape.channels, shape.height, shape.width}},
          {"classes", data.train.classes},
          {"class_names", data.class_names},
          {"train_counts", countsOf(data.train)},
          {"test_counts", countsOf(data.test)}};
}

nlohmann::ordered_json checkJson(const DataCheck& check) {
  nlohmann::ordered_json document = {{"schema", "a2q-data-check-1"},
                                     {"set", check.set},
                                     {"folder", check.folder.string()},
                                     {"sound", !check.damaged}};
  document.update(contentJson(check.data));
  document["originals"] = {{"same", check.originals.same},
                           {"different", check.originals.different},
                           {"missing", check.originals.missing}};
  return document;
}

}  // namespace

Result<ExitCode> checkData(const Arguments& arguments) {
  const Result<DataCheck> check = checkDataSet(*arguments.text("set"));
  if (!check) return tl::make_unexpected(check.error());
  if (arguments.has("json")) {
    printJson(checkJson(*check));
  } else {
    printResult(fmt::format("Set:         {}\nFrom:        {}\n{}Files:       {}\n", check->set,
                            check->data.source, contentText(check->data), originalsText(*check)));
  }
  return check->damaged ? ExitCode::kBadFile : ExitCode::kOk;
}

}  // namespace a2q::cli
