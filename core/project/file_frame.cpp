// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/file_frame.h"

#include <fmt/format.h>

#include <charconv>
#include <cstring>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/sha256.h"

namespace a2q {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kMark = "A2Q Workbench file: HDF5 from byte 512 on.\n";
constexpr const char* kRepair = "'a2q repair' saves what can be read into a new file.";

/// All of the block, so that no byte of it can change unseen.
std::string frameText(std::uint64_t length, std::string_view sum) {
  std::string text = fmt::format("{}length {}\nsha256 {}\n", kMark, length, sum);
  text.resize(kFrameBytes, '\0');
  return text;
}

std::string_view textOf(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

tl::unexpected<Error> unsound(const fs::path& path, std::string why) {
  return fail(ErrorCode::kFileFormat, fmt::format("'{}' is damaged", path.string()), std::move(why),
              kRepair);
}

/// The number behind "length ", or none.
std::optional<std::uint64_t> lengthIn(std::string_view block) {
  constexpr std::string_view kLength = "length ";
  block.remove_prefix(kMark.size());
  if (!block.starts_with(kLength)) return std::nullopt;
  std::uint64_t length = 0;
  const char* const start = block.data() + kLength.size();
  const auto [end, problem] = std::from_chars(start, block.data() + block.size(), length);
  return problem == std::errc() ? std::optional(length) : std::nullopt;
}

}  // namespace

void writeFrame(std::span<std::byte> file) {
  Sha256 sum;
  sum.add(textOf(file.subspan(kFrameBytes)));
  const std::string text = frameText(file.size(), sum.hex());
  std::memcpy(file.data(), text.data(), kFrameBytes);
}

Status checkFrame(const fs::path& path) {
  std::error_code problem;
  if (!fs::is_regular_file(path, problem)) {
    return fail(ErrorCode::kReadFailed, fmt::format("cannot read '{}'", path.string()),
                problem ? problem.message()
                        : (fs::exists(path) ? "it is no regular file" : "there is no such file"));
  }
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    return fail(ErrorCode::kReadFailed, fmt::format("cannot read '{}'", path.string()),
                std::strerror(errno));
  }
  std::vector<char> block(std::size_t{1} << 18);
  file.read(block.data(), kFrameBytes);
  const std::string head(block.data(), static_cast<std::size_t>(file.gcount()));
  if (!head.starts_with(kMark)) {
    return fail(ErrorCode::kFileFormat, fmt::format("'{}' is no project file", path.string()),
                head.empty() ? "it is empty" : "it does not begin as one does",
                "If it was one, 'a2q repair' saves what can be read into a new file.");
  }
  Sha256 sum;
  std::uint64_t length = head.size();
  while (file.read(block.data(), static_cast<std::streamsize>(block.size())) || file.gcount() > 0) {
    const auto count = static_cast<std::size_t>(file.gcount());
    sum.add({block.data(), count});
    length += count;
  }
  if (file.bad()) {
    return fail(ErrorCode::kReadFailed, fmt::format("cannot read '{}'", path.string()),
                "the disk gave an error");
  }
  const auto expected = lengthIn(head);
  if (expected && length < *expected) {
    return unsound(path, fmt::format("it is cut off: {} of {} bytes are there", length, *expected));
  }
  if (head != frameText(length, sum.hex())) {
    return unsound(path, "its content is not what was written (its SHA-256 differs)");
  }
  return {};
}

}  // namespace a2q
