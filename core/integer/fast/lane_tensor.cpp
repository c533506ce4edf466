// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/integer/fast/lane_tensor.h"

#include <cstring>
#include <limits>

namespace a2q {
namespace {

std::size_t elementSize(Element element) {
  switch (element) {
    case Element::kByte: return 1;
    case Element::kInt32: return 4;
    case Element::kInt64: break;
  }
  return 8;
}

/// Rows transposed at a time: as many codes as a cache line holds.
constexpr std::int64_t kBlock = 16;

template <class T>
void packAs(const std::int32_t* codes, std::int64_t samples, LaneTensor& tensor) {
  const std::int64_t size = tensor.shape.size();
  const std::int64_t low = tensor.format.low;
  const auto zero = static_cast<T>(-low);
  for (std::int64_t first = 0; first < size; first += kBlock) {
    const std::int64_t count = std::min(kBlock, size - first);
    T* to = tensor.row<T>(first);
    for (std::int64_t l = 0; l < samples; ++l) {
      const std::int32_t* from = codes + l * size + first;
      for (std::int64_t i = 0; i < count; ++i) {
        to[i * tensor.lanes + l] = static_cast<T>(from[i] - low);
      }
    }
    for (std::int64_t i = 0; i < count; ++i) {
      std::fill(to + i * tensor.lanes + samples, to + (i + 1) * tensor.lanes, zero);
    }
  }
}

}  // namespace

LaneFormat laneFormat(const IntegerRange& range, bool bytes) {
  using Narrow = std::numeric_limits<std::int32_t>;
  // One value is left free at both ends, so that thresholds beyond the range fit as well.
  if (range.minimum <= Narrow::min() || range.maximum >= Narrow::max()) {
    return {Element::kInt64, 0, range.maximum};
  }
  if (bytes && range.maximum - range.minimum <= 255) {
    return {Element::kByte, range.minimum, range.maximum};
  }
  return {Element::kInt32, 0, range.maximum};
}

std::size_t LaneTensor::byteSize() const {
  return static_cast<std::size_t>(shape.size() * lanes) * elementSize(format.element);
}

void packSamples(std::span<const std::int32_t> codes, std::int64_t samples, LaneTensor& tensor) {
  switch (tensor.format.element) {
    case Element::kByte: return packAs<std::uint8_t>(codes.data(), samples, tensor);
    case Element::kInt32: return packAs<std::int32_t>(codes.data(), samples, tensor);
    case Element::kInt64: return packAs<std::int64_t>(codes.data(), samples, tensor);
  }
}

void unpackSamples(const LaneTensor& tensor, std::int64_t samples, std::int64_t* out) {
  const std::int64_t size = tensor.shape.size();
  std::int64_t row[64];
  for (std::int64_t i = 0; i < size; ++i) {
    readRow(tensor, i, row);
    for (std::int64_t l = 0; l < samples; ++l) out[l * size + i] = row[l];
  }
}

}  // namespace a2q
