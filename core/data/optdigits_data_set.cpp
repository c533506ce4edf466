// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/optdigits_data_set.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <string>
#include <string_view>
#include <system_error>

#include "core/base/atomic_file.h"
#include "core/data/data_folders.h"

namespace a2q {

namespace {

namespace fs = std::filesystem;

constexpr const char* kSet = "optdigits";
constexpr const char* kTrainFile = "optdigits.tra";
constexpr const char* kTestFile = "optdigits.tes";
constexpr Shape kShape{1, 8, 8};
constexpr int kLargestValue = 16;
constexpr int kClasses = 10;
constexpr std::size_t kValues = 65;
constexpr std::size_t kMostBytes = std::size_t{1} << 28;

bool holds(const fs::path& folder, const char* name) {
  std::error_code ignored;
  return fs::is_regular_file(folder / name, ignored);
}

/// Takes the text before the next `mark` off the front of `rest`.
std::string_view cut(std::string_view& rest, char mark) {
  const std::string_view part = rest.substr(0, rest.find(mark));
  rest.remove_prefix(std::min(rest.size(), part.size() + 1));
  return part;
}

/// A whole number of 0 to `most`, or -1.
int numberIn(std::string_view text, int most) {
  int value = -1;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = problem == std::errc() && end == text.data() + text.size();
  return whole && 0 <= value && value <= most ? value : -1;
}

/// Appends the image of one line; `where` is the file and the line for messages.
Status readLine(std::string_view line, const std::string& where, ImageSet& set) {
  const auto values = static_cast<std::size_t>(std::count(line.begin(), line.end(), ',')) + 1;
  if (values != kValues) {
    return fail(ErrorCode::kFileFormat, fmt::format("{} has {} values", where, values),
                fmt::format("{} are expected: 64 counts and the digit.", kValues),
                "Fetch the file again.");
  }
  for (std::size_t index = 1; index < kValues; ++index) {
    const std::string_view text = cut(line, ',');
    const int value = numberIn(text, kLargestValue);
    if (value < 0) {
      return fail(ErrorCode::kFileFormat,
                  fmt::format("{}, value {} is '{}'", where, index, text.substr(0, 20)),
                  fmt::format("A whole number of 0 to {} is expected.", kLargestValue),
                  "Fetch the file again.");
    }
    set.pixels.push_back(static_cast<std::uint8_t>(value));
  }
  const int label = numberIn(line, kClasses - 1);
  if (label < 0) {
    return fail(ErrorCode::kDataLabels,
                fmt::format("{}: the digit is '{}'", where, line.substr(0, 20)),
                fmt::format("Labels of this set are 0 to {}.", kClasses - 1));
  }
  set.labels.push_back(static_cast<std::uint8_t>(label));
  return {};
}

Result<ImageSet> readPart(const fs::path& path) {
  const Result<std::string> text = readFile(path, kMostBytes);
  if (!text) return tl::make_unexpected(text.error());
  ImageSet set{kShape, kClasses, {}, {}};
  std::string_view rest = *text;
  for (int number = 1; !rest.empty(); ++number) {
    std::string_view line = cut(rest, '\n');
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty() && rest.empty()) break;
    Status read = readLine(line, fmt::format("{}: line {}", path.string(), number), set);
    if (!read) return forward(std::move(read));
  }
  if (set.labels.empty()) {
    return fail(ErrorCode::kDataTruncated, fmt::format("{} is empty", path.string()));
  }
  return set;
}

}  // namespace

std::optional<fs::path> findOptdigitsFolder(std::span<const fs::path> folders) {
  const auto folder = std::find_if(folders.begin(), folders.end(), [](const fs::path& place) {
    return holds(place, kTrainFile) || holds(place, kTestFile);
  });
  return folder == folders.end() ? std::nullopt : std::optional(*folder);
}

Result<DataSet> loadOptdigitsDataSet(std::span<const fs::path> folders) {
  const auto folder = findOptdigitsFolder(folders);
  if (!folder) return missingData(kSet, kTrainFile, folders);
  for (const char* name : {kTrainFile, kTestFile}) {
    if (!holds(*folder, name)) return missingData(kSet, name, std::span(&*folder, 1));
  }
  Result<ImageSet> train = readPart(*folder / kTrainFile);
  if (!train) return forward(std::move(train));
  Result<ImageSet> test = readPart(*folder / kTestFile);
  if (!test) return forward(std::move(test));
  return DataSet{.name = kSet,
                 .source = folder->string(),
                 .train = std::move(*train),
                 .test = std::move(*test)};
}

}  // namespace a2q
