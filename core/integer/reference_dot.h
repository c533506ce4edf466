// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/integer/integer_engine.h"
#include "core/integer/plane_operations.h"

namespace a2q {

/// A dot product of 64-bit integers, prepared for one behaviour of the accumulators.
class ReferenceDot {
 public:
  ReferenceDot(const DotProduct& dot, AccumulatorMode mode);

  /// One sample: [C, H, W] in, the sums of `shape` to `out`; what the accumulators went through is
  /// added to `channels` (as many as there are output channels).
  void run(const PlaneView& input, const Shape& shape, std::int64_t* out,
           std::vector<ChannelObservation>& channels) const;

 private:
  struct Lanes;
  void addProducts(const PlaneView& input, std::int64_t group, std::int64_t y, std::int64_t x,
                   Lanes& lanes) const;

  const DotProduct& dot_;
  Overflow overflow_;
  std::optional<AccumulatorSpec> accumulator_;
  std::int64_t group_channels_;         ///< output channels of a group
  std::int64_t group_inputs_;           ///< input channels of a group
  std::vector<std::int64_t> by_input_;  ///< weights as [group][k][output channel of the group]
};

}  // namespace a2q
