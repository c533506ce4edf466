// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

namespace a2q {

/// A sum of costs of single variables and of pairs of them, to be minimised over one value each.
/// An infinite cost forbids.
struct PairwiseProblem {
  struct Pair {
    std::size_t a = 0;
    std::size_t b = 0;         ///< another variable
    std::vector<double> cost;  ///< values of a × values of b
  };
  std::vector<std::vector<double>> single;  ///< per variable, one cost each value
  std::vector<Pair> pairs;
};

struct PairwiseAnswer {
  double cost = 0;
  std::vector<std::size_t> values;
};

/// The exact minimum; none when every choice is forbidden. Dynamic programming: a variable with at
/// most two neighbours is replaced by a cost between these (chains and branches that join again, as
/// networks have them, need nothing else: O(variables · values³)); where all have more, one of them
/// is tried value by value.
[[nodiscard]] std::optional<PairwiseAnswer> minimise(const PairwiseProblem& problem);

}  // namespace a2q
