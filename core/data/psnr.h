// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>

#include "core/data/photo_set.h"

namespace a2q {

/// Peak signal-to-noise ratio in dB of two images of one shape over all channels, peak 255, without
/// the outermost `border` pixels: 10 log10(255² / mean squared error). Infinite when they are
/// equal; not a number when the border leaves nothing.
[[nodiscard]] double psnr(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b,
                          const Shape& shape, std::int64_t border);

/// Mean PSNR in dB over the set of enlarging every low image bicubically, a border of `factor`
/// pixels left out: the baseline of the super-resolution literature. Not a number when empty.
[[nodiscard]] double bicubicPsnr(const PhotoSet& photos);

}  // namespace a2q
