// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "core/base/result.h"
#include "core/data/photo_set.h"

namespace a2q {

/// Most pixels of an image that is read: 2^26, for example 8192 × 8192.
inline constexpr std::int64_t kMostPixels = std::int64_t{1} << 26;

/// True for names that end in .png, .jpg or .jpeg, in small or capital letters.
[[nodiscard]] bool isImageName(const std::filesystem::path& path);

/// The PNG and JPEG files of a folder, by name, sorted; not those of its subfolders. Errors:
/// kReadFailed.
[[nodiscard]] Result<std::vector<std::filesystem::path>> imagesIn(
    const std::filesystem::path& folder);

/// Decodes a PNG or JPEG file, told apart by content, into 1 (grey) or 3 (red, green, blue) planes.
/// Palettes become colours, 16 bits are scaled to 8, transparency and colour profiles are ignored.
/// Errors: kReadFailed, kDataMagic (another kind of file), kDataTruncated, kFileFormat (damaged,
/// more than kMostPixels, or a colour space without a grey or RGB form).
[[nodiscard]] Result<Photo> readImage(const std::filesystem::path& path);

}  // namespace a2q
