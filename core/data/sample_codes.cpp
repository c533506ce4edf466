// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/sample_codes.h"

#include <limits>

#include "core/data/input_codes.h"

namespace a2q {
namespace {

/// Spreads consecutive numbers over all of 64 bits (the finalizer of SplitMix64).
std::uint64_t scattered(std::uint64_t value) {
  value += 0x9E3779B97F4A7C15U;
  value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9U;
  value = (value ^ (value >> 27)) * 0x94D049BB133111EBU;
  return value ^ (value >> 31);
}

void appendPatch(const PhotoSet& photos, const InputCodes& codes, const Shape& size,
                 std::int64_t sample, std::vector<std::int32_t>& out) {
  const Photo& photo = photos.pairs[static_cast<std::size_t>(sample % photos.count())].low;
  const std::uint64_t random = scattered(static_cast<std::uint64_t>(sample));
  const auto rows = static_cast<std::uint64_t>(photo.shape.height - size.height + 1);
  const auto columns = static_cast<std::uint64_t>(photo.shape.width - size.width + 1);
  const auto top = static_cast<std::int64_t>((random >> 32) % rows);
  const auto left = static_cast<std::int64_t>((random & 0xFFFFFFFFU) % columns);
  for (std::int64_t c = 0; c < size.channels; ++c) {
    for (std::int64_t y = 0; y < size.height; ++y) {
      const std::int64_t row = (c * photo.shape.height + top + y) * photo.shape.width + left;
      for (std::int64_t x = 0; x < size.width; ++x) {
        out.push_back(codes[photo.pixels[static_cast<std::size_t>(row + x)]]);
      }
    }
  }
}

}  // namespace

std::int64_t sampleCount(const DataSet& data, DataPart part) {
  if (data.task == Task::kClassification) return imagesOf(data, part).count();
  return photosOf(data, part).count() > 0 ? std::numeric_limits<std::int64_t>::max() : 0;
}

std::vector<std::int32_t> codesOf(const DataSet& data, DataPart part, const InputLayer& input,
                                  std::int64_t first, std::int64_t count) {
  const InputCodes codes(input);
  std::vector<std::int32_t> out;
  if (data.task == Task::kSuperResolution) {
    out.reserve(static_cast<std::size_t>(count * input.shape.size()));
    for (std::int64_t i = 0; i < count; ++i) {
      appendPatch(photosOf(data, part), codes, input.shape, first + i, out);
    }
    return out;
  }
  const ImageSet& images = imagesOf(data, part);
  out.resize(static_cast<std::size_t>(count * images.shape.size()));
  for (std::int64_t i = 0; i < count; ++i) {
    codes.encode(images.image(first + i), out.data() + i * images.shape.size());
  }
  return out;
}

}  // namespace a2q
