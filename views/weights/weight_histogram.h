// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/training/run_record.h"

namespace a2q::views {

/// Weights with an integer in [from, to].
struct LevelBin {
  std::int64_t from = 0;
  std::int64_t to = 0;
  std::int64_t count = 0;
};

/// The integers of one layer at one moment.
struct WeightHistogram {
  std::vector<LevelBin> bins;  ///< from −L to L; the bin of zero without the zeros themselves
  std::int64_t limit = 0;      ///< L
  std::int64_t share = 1;      ///< integers that share a bin, 2^(M−8) above 8 bits
  std::int64_t total = 0;
  std::int64_t zeros = 0;
  std::int64_t at_low = 0;               ///< weights in the lowest bin
  std::int64_t at_high = 0;              ///< weights in the highest bin
  std::optional<double> mean_magnitude;  ///< Σ ‖q‖₁ / total; none: no channels

  [[nodiscard]] double shareOf(std::int64_t count) const {
    return total == 0 ? 0 : static_cast<double>(count) / static_cast<double>(total);
  }
};

/// LayerSnapshot::levels with the integers they stand for; empty when there are none. `weights`
/// is M, needed above 8 bits only, where 2^(M−8) integers share a bin.
[[nodiscard]] std::optional<WeightHistogram> weightHistogram(const LayerSnapshot& layer,
                                                             BitWidth weights);

}  // namespace a2q::views
