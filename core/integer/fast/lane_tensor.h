// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>

#include "core/bounds/integer_format.h"
#include "core/integer/fast/aligned_buffer.h"
#include "core/network/shape.h"

namespace a2q {

/// How an integer is stored.
enum class Element { kByte, kInt32, kInt64 };

/// The storage of a node: bytes hold value − low, so that any range of up to 256 values fits.
struct LaneFormat {
  Element element = Element::kInt64;
  std::int64_t low = 0;   ///< what byte 0 stands for; 0 for wider elements
  std::int64_t high = 0;  ///< the largest value of the node
  [[nodiscard]] std::int64_t span() const { return high - low; }
};

/// Bytes where `range` has at most 256 values (and `bytes` is allowed), else 32 or 64 bits.
[[nodiscard]] LaneFormat laneFormat(const IntegerRange& range, bool bytes);

/// Integers of a group of samples: [C][H][W][lanes], sample l of the group in lane l. Address
/// arithmetic on rows of lanes is all that strides, paddings, concatenations and the like need, and
/// every row is a vector register of one channel.
struct LaneTensor {
  Shape shape;
  std::int64_t lanes = 0;
  LaneFormat format;
  AlignedBuffer data;

  [[nodiscard]] std::size_t byteSize() const;
  template <class T>
  [[nodiscard]] T* row(std::int64_t index) {
    return data.as<T>() + index * lanes;
  }
  template <class T>
  [[nodiscard]] const T* row(std::int64_t index) const {
    return data.as<T>() + index * lanes;
  }
};

/// The values of row `index` (lanes of them) as T, std::int32_t or std::int64_t.
template <class T>
void readRow(const LaneTensor& tensor, std::int64_t index, T* out) {
  const auto widen = [&](const auto* from, std::int64_t low) {
    for (std::int64_t l = 0; l < tensor.lanes; ++l) out[l] = static_cast<T>(from[l] + low);
  };
  switch (tensor.format.element) {
    case Element::kByte: return widen(tensor.row<std::uint8_t>(index), tensor.format.low);
    case Element::kInt32: return widen(tensor.row<std::int32_t>(index), 0);
    case Element::kInt64: return widen(tensor.row<std::int64_t>(index), 0);
  }
}

/// Stores the values of a row; they must lie in the tensor's range.
template <class T>
void writeRow(LaneTensor& tensor, std::int64_t index, const T* values) {
  const auto store = [&]<class To>(To* to, std::int64_t low) {
    for (std::int64_t l = 0; l < tensor.lanes; ++l) to[l] = static_cast<To>(values[l] - low);
  };
  switch (tensor.format.element) {
    case Element::kByte: return store(tensor.row<std::uint8_t>(index), tensor.format.low);
    case Element::kInt32: return store(tensor.row<std::int32_t>(index), 0);
    case Element::kInt64: return store(tensor.row<std::int64_t>(index), 0);
  }
}

/// Fills lanes 0 … samples − 1 from codes [samples, C, H, W]; the other lanes stand for the code
/// nearest to zero.
void packSamples(std::span<const std::int32_t> codes, std::int64_t samples, LaneTensor& tensor);

/// Writes the first `samples` lanes as [samples, C, H, W].
void unpackSamples(const LaneTensor& tensor, std::int64_t samples, std::int64_t* out);

}  // namespace a2q
