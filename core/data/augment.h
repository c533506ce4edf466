// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>

#include "core/data/image_set.h"
#include "core/data/photo_set.h"
#include "core/network/train_spec.h"

namespace a2q {

/// Which sample of which pass is drawn. Random choices are a pure function of it, so that neither
/// the number of loader threads nor a resume changes what is trained on.
struct DrawKey {
  std::uint64_t seed = 0;
  std::int64_t epoch = 0;   ///< from 1
  std::int64_t sample = 0;  ///< from 0
};

/// Writes the image of `sample`, augmented, to `out` (shape.size() values). Padding repeats
/// `padding_value`, the data value that stands for 0. A turn needs a square image: see
/// checkAugment() in data_set.h.
void augmentImage(const ImageSet& images, const AugmentSpec& augment, const DrawKey& key,
                  std::uint8_t padding_value, std::span<std::uint8_t> out);

/// Cuts a random patch of `size` (height and width in low-resolution pixels) and the patch of the
/// high-resolution image that belongs to it, flipped and turned alike. Sample s belongs to pair
/// s mod count. Every pair must be at least as large as the patch.
void cutPatch(const PhotoSet& photos, Extent size, const AugmentSpec& augment, const DrawKey& key,
              std::span<std::uint8_t> low, std::span<std::uint8_t> high);

}  // namespace a2q
