// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/image_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <system_error>

#include "core/base/atomic_file.h"
#include "core/data/image_decoders.h"

namespace a2q {

namespace {

constexpr std::size_t kMostBytes = std::size_t{1} << 28;
constexpr std::string_view kPngSignature = "\x89PNG\r\n\x1a\n";
constexpr std::string_view kJpegSignature = "\xff\xd8\xff";

std::string firstBytes(std::string_view bytes) {
  std::string text;
  for (const char byte : bytes.substr(0, 4)) {
    text += fmt::format("{:02x} ", static_cast<unsigned char>(byte));
  }
  text.pop_back();
  return text;
}

}  // namespace

bool isImageName(const std::filesystem::path& path) {
  std::string extension = path.extension().string();
  std::transform(extension.begin(), extension.end(), extension.begin(), [](char c) {
    return 'A' <= c && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return extension == ".png" || extension == ".jpg" || extension == ".jpeg";
}

Result<std::vector<std::filesystem::path>> imagesIn(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  std::error_code problem;
  std::filesystem::directory_iterator entry(folder, problem);
  for (; !problem && entry != std::filesystem::directory_iterator(); entry.increment(problem)) {
    std::error_code ignored;
    if (isImageName(entry->path()) && entry->is_regular_file(ignored)) {
      files.push_back(entry->path());
    }
  }
  if (problem) {
    return fail(ErrorCode::kReadFailed, fmt::format("cannot read the folder {}", folder.string()),
                problem.message());
  }
  std::sort(files.begin(), files.end());
  return files;
}

Status checkPixels(const Shape& shape, const std::string& name) {
  if (shape.height <= kMostPixels / std::max<std::int64_t>(shape.width, 1)) return {};
  return fail(ErrorCode::kFileFormat, fmt::format("{} is too large", name),
              fmt::format("Its header says {}×{}; at most {} pixels are read.", shape.height,
                          shape.width, kMostPixels),
              "Scale the image down, or take it out of the folder.");
}

void storeRow(std::span<const std::uint8_t> row, std::int64_t y, Photo& photo) {
  const auto channels = static_cast<std::size_t>(photo.shape.channels);
  const auto width = static_cast<std::size_t>(photo.shape.width);
  const std::size_t plane = static_cast<std::size_t>(photo.shape.height) * width;
  for (std::size_t channel = 0; channel < channels; ++channel) {
    std::uint8_t* out = photo.pixels.data() + channel * plane + static_cast<std::size_t>(y) * width;
    for (std::size_t x = 0; x < width; ++x) out[x] = row[x * channels + channel];
  }
}

Result<Photo> readImage(const std::filesystem::path& path) {
  Result<std::string> bytes = readFile(path, kMostBytes);
  if (!bytes) return forward(std::move(bytes));
  if (bytes->empty()) {
    return fail(ErrorCode::kDataTruncated, fmt::format("{} is empty", path.string()));
  }
  if (bytes->starts_with(kPngSignature)) return decodePng(*bytes, path.string());
  if (bytes->starts_with(kJpegSignature)) return decodeJpeg(*bytes, path.string());
  return fail(ErrorCode::kDataMagic, fmt::format("{} is no PNG or JPEG image", path.string()),
              fmt::format("It begins with the bytes {}.", firstBytes(*bytes)));
}

}  // namespace a2q
