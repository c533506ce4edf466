// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/integer/fast/threshold_table.h"

#include <algorithm>
#include <limits>

namespace a2q {
namespace {

using Narrow = std::numeric_limits<std::int32_t>;

}  // namespace

ThresholdTable::ThresholdTable(const Thresholds& thresholds, const LaneFormat& codes)
    : row_(std::max<std::int64_t>(16, thresholds.levels() + 1)),
      base_(static_cast<std::uint8_t>(thresholds.format.minimum() - codes.low)) {
  const std::int64_t levels = thresholds.levels();
  const auto channels = static_cast<std::int64_t>(thresholds.values.size()) / levels;
  values_.assign(static_cast<std::size_t>(channels * row_), Narrow::max());
  for (std::int64_t c = 0; c < channels; ++c) {
    for (std::int64_t k = 0; k < levels; ++k) {
      const std::int64_t value = thresholds.values[static_cast<std::size_t>(c * levels + k)];
      values_[static_cast<std::size_t>(c * row_ + k)] =
          static_cast<std::int32_t>(std::clamp<std::int64_t>(value, Narrow::min(), Narrow::max()));
    }
  }
}

ThresholdTile ThresholdTable::channel(std::int64_t index) const {
  return {.thresholds = values_.data() + index * row_, .levels = row_ - 1, .base = base_};
}

}  // namespace a2q
