// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include "views/common/run_story.h"

namespace a2q::views {

/// The accumulators of one layer: what they can reach, and in what they live.
struct AccumulatorRow {
  std::string layer;
  bool has_values = false;                   ///< channels are known
  std::optional<BitWidth> target;            ///< P; none: the layer is free
  AccumulatorRange range;                    ///< exact, union over the channels
  BitWidth smallest;                         ///< the least P that is safe for every channel
  bool over = false;                         ///< outside P, decided with integers
  std::optional<std::int64_t> largest_l1;    ///< of a layer with a budget
  std::optional<Margin> bound;               ///< of the largest ‖q‖₁ in the budget
  std::optional<Margin> exact;               ///< of `range` in P
  int worst = 0;                             ///< the channel that reaches farthest
  std::optional<AccumulatorRange> observed;  ///< on data, union over the channels

  /// P, or the smallest P of a free layer.
  [[nodiscard]] AccumulatorSpec frame() const { return {target.value_or(smallest)}; }
};

/// A row a layer, in order.
[[nodiscard]] std::vector<AccumulatorRow> accumulatorRows(const RunStory& story);

enum class AccumulatorScale {
  kShare,  ///< ±1 are −2^(P−1) and 2^(P−1) − 1 of the layer
  kBits,   ///< sign(v) · log2(1 + |v|)
};

/// Where a value of a layer stands on the axis.
[[nodiscard]] double placed(Int128 value, const AccumulatorSpec& frame, AccumulatorScale scale);

}  // namespace a2q::views
