// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/data/photo_set.h"

namespace a2q {

/// Decodes the content of a PNG file; `name` is for messages. For readImage() alone.
[[nodiscard]] Result<Photo> decodePng(std::string_view bytes, const std::string& name);

/// Decodes the content of a JPEG file; `name` is for messages. For readImage() alone.
[[nodiscard]] Result<Photo> decodeJpeg(std::string_view bytes, const std::string& name);

/// The error for an image of more than kMostPixels, or nothing.
[[nodiscard]] Status checkPixels(const Shape& shape, const std::string& name);

/// Spreads a row of interleaved values over the planes of the photo.
void storeRow(std::span<const std::uint8_t> row, std::int64_t y, Photo& photo);

}  // namespace a2q
