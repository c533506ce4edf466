// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/integer/witness_replay.h"

namespace a2q::cli {

/// A witness and what became of it.
struct WitnessAnswer {
  std::string layer;
  std::int64_t channel = 0;
  std::vector<std::int32_t> weights;
  Extent kernel;
  std::int64_t first_input = 0;  ///< input channel of the first weight (grouped convolutions)
  AccumulatorRange range;
  BitWidth smallest;
  WitnessSide side = WitnessSide::kHigh;
  Witness witness;
  std::optional<BitWidth> judged;  ///< P given or trained for
  bool given = false;              ///< P comes from the command line
  std::vector<ReplayOutcome> outcomes;

  [[nodiscard]] Int128 end() const { return side == WitnessSide::kHigh ? range.high : range.low; }
};

/// Rows in the middle of a long dot product are left out.
[[nodiscard]] std::string witnessText(const WitnessAnswer& answer);

/// Complete.
[[nodiscard]] nlohmann::ordered_json witnessJson(const WitnessAnswer& answer);

}  // namespace a2q::cli
