// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "core/data/photo_set.h"
#include "tests/core/data/test_files.h"

namespace a2q::test {

enum class Interlace { kNone, kAdam7 };

/// A PNG file of interleaved samples as libpng stores them: `colour_type` PNG_COLOR_TYPE_*, `depth`
/// bits a sample, packed rows. Palettes have the entry i = (i, 100 + i, 200 + i).
[[nodiscard]] Bytes pngBytes(std::int64_t height, std::int64_t width, int colour_type, int depth,
                             const Bytes& samples, Interlace interlace = Interlace::kNone);

/// The photo (1 or 3 planes) as an 8-bit PNG file.
[[nodiscard]] Bytes pngBytes(const Photo& photo);

enum class JpegForm { kBaseline, kProgressive, kCmyk };

/// The photo (1 or 3 planes; 4 for CMYK) as a JPEG file of quality 100.
[[nodiscard]] Bytes jpegBytes(const Photo& photo, JpegForm form = JpegForm::kBaseline);

/// A smooth photo, different in every channel.
[[nodiscard]] Photo smoothPhoto(const Shape& shape);

}  // namespace a2q::test
