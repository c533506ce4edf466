// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "core/data/photo_set.h"
#include "core/network/train_spec.h"

namespace a2q {

/// Scales every plane to `size` with the cubic kernel of Keys (1981), a = -1/2, stretched by the
/// scale when shrinking (antialiasing) and mirrored at the borders: MATLAB's imresize, the
/// convention of the super-resolution literature. Rounded once, at the end, to 0 … 255.
[[nodiscard]] Photo resizeBicubic(const Photo& photo, Extent size);

/// Shrinks height and width, which must be multiples of `factor`: bicubic, or the mean of every
/// factor × factor square.
[[nodiscard]] Photo downscale(const Photo& photo, std::int64_t factor, Downscale kind);

/// The top left part whose height and width are the largest multiples of `factor`.
[[nodiscard]] Photo cropToMultiple(const Photo& photo, std::int64_t factor);

/// One plane of BT.601 luminance in studio swing, 16 … 235, rounded: MATLAB's rgb2ycbcr. A grey
/// photo is returned as it is, as the literature does.
[[nodiscard]] Photo luminance(Photo photo);

/// Three planes; those of a grey photo are equal.
[[nodiscard]] Photo rgb(Photo photo);

}  // namespace a2q
