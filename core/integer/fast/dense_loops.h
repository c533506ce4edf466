// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "core/integer/fast/lane_kernels.h"
#include "core/quant/multiversion.h"

// The loops of lane_kernels.h in plain C++, for processors without kernels of their own and for
// lists of thresholds that no register holds.
namespace a2q::loops {

A2Q_INLINE void dense(const DenseTile& tile) {
  const auto* const weights = static_cast<const std::int8_t*>(tile.weights);
  for (std::int64_t i = 0; i < tile.count; ++i) {
    for (std::int64_t c = 0; c < kQuadChannels; ++c) {
      std::int32_t sums[kQuadLanes];
      for (std::int32_t& sum : sums) sum = tile.starts[c];
      for (std::int64_t q = 0; q < tile.quads; ++q) {
        const std::uint8_t* x = tile.columns[i] + tile.offsets[q];
        const std::int8_t* w = weights + (q * kQuadChannels + c) * 4;
        for (std::int64_t l = 0; l < kQuadLanes; ++l) {
          sums[l] +=
              x[4 * l] * w[0] + x[4 * l + 1] * w[1] + x[4 * l + 2] * w[2] + x[4 * l + 3] * w[3];
        }
      }
      std::int32_t* to = tile.sums + (c * tile.stride + i) * kQuadLanes;
      for (std::int64_t l = 0; l < kQuadLanes; ++l) to[l] = sums[l];
    }
  }
}

/// The largest of a window, lane by lane.
A2Q_INLINE void windowMaximum(const ThresholdTile& tile, const std::int32_t* from,
                              std::int32_t* largest) {
  for (std::int64_t l = 0; l < kQuadLanes; ++l) largest[l] = from[l];
  for (std::int64_t w = 1; w < tile.window; ++w) {
    for (std::int64_t l = 0; l < kQuadLanes; ++l) {
      const std::int32_t next = from[w * kQuadLanes + l];
      largest[l] = next > largest[l] ? next : largest[l];
    }
  }
}

/// How many of `levels` (a power of two less one) ascending thresholds `value` reaches, without
/// branches.
A2Q_INLINE std::int32_t reached(const std::int32_t* thresholds, std::int64_t levels,
                                std::int32_t value) {
  std::int64_t count = 0;
  for (std::int64_t half = (levels + 1) / 2; half > 0; half /= 2) {
    count += thresholds[count + half - 1] <= value ? half : 0;
  }
  return static_cast<std::int32_t>(count);
}

/// Lists up to this long are compared one by one, all lanes at once.
constexpr std::int64_t kShortList = 15;

A2Q_INLINE void thresholds(const ThresholdTile& tile, const std::int32_t* sums) {
  for (std::int64_t o = 0; o < tile.outputs; ++o) {
    std::int32_t value[kQuadLanes];
    windowMaximum(tile, sums + o * tile.window * kQuadLanes, value);
    std::int32_t count[kQuadLanes] = {};
    if (tile.levels <= kShortList) {
      for (std::int64_t k = 0; k < tile.levels; ++k) {
        const std::int32_t limit = tile.thresholds[k];
        for (std::int64_t l = 0; l < kQuadLanes; ++l) count[l] += value[l] >= limit ? 1 : 0;
      }
    } else {
      for (std::int64_t l = 0; l < kQuadLanes; ++l) {
        count[l] = reached(tile.thresholds, tile.levels, value[l]);
      }
    }
    std::uint8_t* to = tile.to + tile.offsets[o];
    for (std::int64_t l = 0; l < kQuadLanes; ++l) {
      to[l] = static_cast<std::uint8_t>(count[l] + tile.base);
    }
  }
}

}  // namespace a2q::loops
