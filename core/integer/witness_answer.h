// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/integer/witness_replay.h"

namespace a2q {

/// What a person asks about one channel; empty fields are decided by the channel itself.
struct WitnessQuestion {
  std::int64_t channel = 0;
  std::optional<WitnessSide> side;      ///< none: the end that decides the smallest P
  std::optional<BitWidth> accumulator;  ///< P to judge; none: the target of the layer
};

/// A witness and what became of it in the integer engine.
struct WitnessAnswer {
  std::string layer;
  std::int64_t channel = 0;
  std::vector<std::int32_t> weights;  ///< K, in the order of the sum
  IntegerRange inputs;                ///< [xmin, xmax]
  AccumulatorRange range;             ///< exact
  BitWidth smallest;                  ///< the least P that never overflows
  WitnessSide side = WitnessSide::kHigh;
  Witness witness;
  std::optional<BitWidth> judged;       ///< P asked for or trained for
  bool given = false;                   ///< P was asked for
  std::vector<ReplayOutcome> outcomes;  ///< the widest P first; wrap, then saturate

  [[nodiscard]] Int128 end() const { return side == WitnessSide::kHigh ? range.high : range.low; }
};

/// The input that attains an end of the exact range of a channel, replayed at P trained for, at
/// the smallest safe P and at one bit less; when a P is asked for, at that and at one bit less.
/// Errors: kUsage when there is no such channel, and those of replay().
[[nodiscard]] Result<WitnessAnswer> answerWitness(const IntegerWeights& weights,
                                                  const WitnessQuestion& question);

/// The engine must say what the integers of the bounds say. Errors: kMismatch.
[[nodiscard]] Status checkReplay(const WitnessAnswer& answer);

/// Whether the witness overflowed the accumulator that is judged; false when none is.
[[nodiscard]] bool overflowsJudged(const WitnessAnswer& answer);

}  // namespace a2q
