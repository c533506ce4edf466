// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "core/integer/fast/lane_kernels.h"
#include "core/integer/fast/lane_tensor.h"
#include "core/integer/integer_network.h"

namespace a2q {

/// Thresholds as the kernels want them: 32 bits, rows of a power of two of which the last entry is
/// never looked at. For sums of 32 bits and codes that are stored as bytes.
class ThresholdTable {
 public:
  ThresholdTable() = default;
  ThresholdTable(const Thresholds& thresholds, const LaneFormat& codes);

  /// The thresholds of a channel; the caller sets outputs and window.
  [[nodiscard]] ThresholdTile channel(std::int64_t index) const;

 private:
  std::int64_t row_ = 0;  ///< a power of two, at least 16
  std::uint8_t base_ = 0;
  std::vector<std::int32_t> values_;
};

}  // namespace a2q
