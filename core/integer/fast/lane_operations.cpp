// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/integer/fast/lane_operations.h"

#include <algorithm>
#include <cstring>
#include <limits>

#include "core/quant/multiversion.h"

namespace a2q {
namespace {

/// The most lanes of a row.
constexpr std::int64_t kMostLanes = 64;

A2Q_MULTIVERSION void takeLargerBytes(const std::uint8_t* next, std::int64_t count,
                                      std::uint8_t* largest) {
  for (std::int64_t l = 0; l < count; ++l) largest[l] = std::max(largest[l], next[l]);
}

bool isNarrow(const LaneTensor& tensor) { return tensor.format.element != Element::kInt64; }

bool sameBytes(const LaneFormat& a, const LaneFormat& b) {
  return a.element == b.element && a.low == b.low;
}

/// The rows that a pool sees from an output position, those in the padding left out.
template <class Body>
void forWindow(const Pool& pool, const Shape& in, std::int64_t y, std::int64_t x,
               const Body& body) {
  const std::int64_t top = y * pool.stride.height - pool.padding.height;
  const std::int64_t left = x * pool.stride.width - pool.padding.width;
  for (std::int64_t iy = std::max<std::int64_t>(0, top);
       iy < std::min(in.height, top + pool.kernel.height); ++iy) {
    for (std::int64_t ix = std::max<std::int64_t>(0, left);
         ix < std::min(in.width, left + pool.kernel.width); ++ix) {
      body(iy * in.width + ix);
    }
  }
}

/// Calls body(row of the output, channel, y, x) for every position.
template <class Body>
void forRows(const Shape& shape, const Body& body) {
  std::int64_t row = 0;
  for (std::int64_t c = 0; c < shape.channels; ++c) {
    for (std::int64_t y = 0; y < shape.height; ++y) {
      for (std::int64_t x = 0; x < shape.width; ++x) body(row++, c, y, x);
    }
  }
}

struct RunLanes {
  const ThresholdTable* table;
  const LaneKernels& kernels;
  std::span<const LaneTensor* const> in;
  LaneTensor& out;

  void operator()(const CodeInput&) const {}
  void operator()(const DotProduct&) const {}

  void operator()(const Thresholds& thresholds) const {
    if (table != nullptr && isNarrow(*in[0])) {
      runTable();
    } else {
      searchRows(thresholds);
    }
  }

  /// The kernel takes a stretch of rows of a channel at a time.
  void runTable() const {
    constexpr std::int64_t kStretch = 16;
    const std::int64_t plane = out.shape.height * out.shape.width;
    const std::int64_t strips = out.lanes / kQuadLanes;
    alignas(64) std::int32_t values[kStretch * kMostLanes];
    std::int64_t offsets[kStretch * kMostLanes / kQuadLanes];
    for (std::int64_t i = 0; i < kStretch * strips; ++i) offsets[i] = i * kQuadLanes;
    for (std::int64_t c = 0; c < out.shape.channels; ++c) {
      ThresholdTile tile = table->channel(c);
      for (std::int64_t first = c * plane; first < (c + 1) * plane; first += kStretch) {
        const std::int64_t count = std::min(kStretch, (c + 1) * plane - first);
        for (std::int64_t i = 0; i < count; ++i) {
          readRow(*in[0], first + i, values + i * out.lanes);
        }
        tile.outputs = count * strips;
        tile.to = out.row<std::uint8_t>(first);
        tile.offsets = offsets;
        kernels.thresholds(tile, values);
      }
    }
  }

  void searchRows(const Thresholds& thresholds) const {
    const std::int64_t levels = thresholds.levels();
    std::int64_t values[kMostLanes];
    forRows(out.shape, [&](std::int64_t row, std::int64_t c, std::int64_t, std::int64_t) {
      const auto first = thresholds.values.begin() + c * levels;
      readRow(*in[0], row, values);
      for (std::int64_t l = 0; l < out.lanes; ++l) {
        values[l] = thresholds.format.minimum() +
                    (std::upper_bound(first, first + levels, values[l]) - first);
      }
      writeRow(out, row, values);
    });
  }

  void operator()(const Pool& pool) const {
    if (pool.operation == PoolOperation::kMaximum && out.format.element == Element::kByte &&
        sameBytes(in[0]->format, out.format)) {
      poolBytes(pool);
    } else if (isNarrow(*in[0]) && isNarrow(out)) {
      poolRows<std::int32_t>(pool);
    } else {
      poolRows<std::int64_t>(pool);
    }
  }

  void poolBytes(const Pool& pool) const {
    const Shape& from = in[0]->shape;
    forRows(out.shape, [&](std::int64_t row, std::int64_t c, std::int64_t y, std::int64_t x) {
      auto* to = out.row<std::uint8_t>(row);
      std::memset(to, 0, static_cast<std::size_t>(out.lanes));
      forWindow(pool, from, y, x, [&](std::int64_t at) {
        takeLargerBytes(in[0]->row<std::uint8_t>(c * from.height * from.width + at), out.lanes, to);
      });
    });
  }

  template <class T>
  void poolRows(const Pool& pool) const {
    const Shape& from = in[0]->shape;
    const bool maximum = pool.operation == PoolOperation::kMaximum;
    T values[kMostLanes];
    T result[kMostLanes];
    forRows(out.shape, [&](std::int64_t row, std::int64_t c, std::int64_t y, std::int64_t x) {
      std::fill_n(result, out.lanes, maximum ? std::numeric_limits<T>::min() : T{0});
      forWindow(pool, from, y, x, [&](std::int64_t at) {
        readRow(*in[0], c * from.height * from.width + at, values);
        for (std::int64_t l = 0; l < out.lanes; ++l) {
          result[l] = maximum ? std::max(result[l], values[l]) : result[l] + values[l];
        }
      });
      writeRow(out, row, result);
    });
  }

  void operator()(const Sum&) const {
    const bool narrow = std::ranges::all_of(in, [](const auto* t) { return isNarrow(*t); });
    if (narrow && isNarrow(out)) {
      sumRows<std::int32_t>();
    } else {
      sumRows<std::int64_t>();
    }
  }

  template <class T>
  void sumRows() const {
    T values[kMostLanes];
    T result[kMostLanes];
    for (std::int64_t row = 0; row < out.shape.size(); ++row) {
      readRow(*in[0], row, result);
      for (const LaneTensor* next : in.subspan(1)) {
        readRow(*next, row, values);
        for (std::int64_t l = 0; l < out.lanes; ++l) result[l] += values[l];
      }
      writeRow(out, row, result);
    }
  }

  void operator()(const Concat&) const {
    std::int64_t row = 0;
    for (const LaneTensor* next : in) {
      for (std::int64_t i = 0; i < next->shape.size(); ++i) copyRow(*next, i, row++);
    }
  }

  void operator()(const Resize& resize) const {
    const Shape& from = in[0]->shape;
    forRows(out.shape, [&](std::int64_t row, std::int64_t c, std::int64_t y, std::int64_t x) {
      copyRow(*in[0], (c * from.height + y / resize.factor) * from.width + x / resize.factor, row);
    });
  }

  void operator()(const PixelShuffle& shuffle) const {
    const Shape& from = in[0]->shape;
    const std::int64_t r = shuffle.factor;
    forRows(out.shape, [&](std::int64_t row, std::int64_t c, std::int64_t y, std::int64_t x) {
      const std::int64_t channel = (c * r + y % r) * r + x % r;
      copyRow(*in[0], (channel * from.height + y / r) * from.width + x / r, row);
    });
  }

  void operator()(const Flatten&) const {
    for (std::int64_t row = 0; row < out.shape.size(); ++row) copyRow(*in[0], row, row);
  }

  void operator()(const Scores& scores) const {
    std::int64_t values[kMostLanes];
    forRows(out.shape, [&](std::int64_t row, std::int64_t c, std::int64_t, std::int64_t) {
      readRow(*in[0], row, values);
      const std::int64_t multiplier = scores.multipliers[static_cast<std::size_t>(c)];
      const std::int64_t offset = scores.offsets[static_cast<std::size_t>(c)];
      for (std::int64_t l = 0; l < out.lanes; ++l) values[l] = values[l] * multiplier + offset;
      writeRow(out, row, values);
    });
  }

  void copyRow(const LaneTensor& from, std::int64_t at, std::int64_t row) const {
    if (out.format.element == Element::kByte && sameBytes(from.format, out.format)) {
      std::memcpy(out.row<std::uint8_t>(row), from.row<std::uint8_t>(at),
                  static_cast<std::size_t>(out.lanes));
      return;
    }
    std::int64_t values[kMostLanes];
    readRow(from, at, values);
    writeRow(out, row, values);
  }
};

}  // namespace

void runOperation(const IntegerOperation& operation, const ThresholdTable* table,
                  const LaneKernels& kernels, std::span<const LaneTensor* const> inputs,
                  LaneTensor& out) {
  std::visit(RunLanes{table, kernels, inputs, out}, operation);
}

}  // namespace a2q
