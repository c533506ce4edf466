// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "hw_backend/design/dataflow_design.h"
#include "hw_backend/design/folding_pick.h"

namespace a2q {

struct FoldingRequest {
  /// What the design may use of each resource: totals of a device × utilisation.
  ResourceVector limit;
  /// The largest initiation interval, for the least area; none: the highest rate.
  std::optional<std::int64_t> interval;
  /// The longest path that a block may have, ns.
  double delay = std::numeric_limits<double>::infinity();
};

/// A folding, its design and what that uses.
struct FoldingSolution {
  DataflowDesign design;
  ResourceVector use;
  /// Whether no other folding can be better. It is not proven where two resources bind at once and
  /// no price of one in the other separates what fits from what does not.
  bool proven = true;
};

/// What was found at a pace: a design that fits, or the closest one tried (none: nothing is as
/// fast), and whether none can fit.
struct FoldingAttempt {
  std::optional<FoldingSolution> solution;
  bool fits = false;
  bool impossible = false;
};

/// Chooses PE, SIMD and memory styles of every layer.
///
/// Area is the sum of shares, Σ use/limit over the resources. At a given pace, layers are coupled
/// by the width converters between them, so the cheapest design comes from dynamic programming
/// along the network (pairwise_minimum.h), exactly. FIFOs in which beats wait are not part of that
/// choice (they follow from the whole design) but of what must fit. The highest rate is found by
/// bisection over every interval that a block can have. Where the cheapest design overuses one
/// resource, its price is raised and the search repeated; once the priced minimum exceeds the
/// priced limit, nothing at that pace can fit. Where prices alone find nothing, the foldings that
/// came closest are changed layer by layer (folding_descent.h).
class FoldingSolver {
 public:
  /// Computes the tables once. Errors: kFoldingIllegal.
  [[nodiscard]] static Result<FoldingSolver> make(
      const DesignNetwork& network, BlockCost cost, const FoldingOverrides& overrides = {},
      const BlockDelay& delay = [](const Block& /*block*/) { return 0.0; });

  /// Errors: kDoesNotFit, with what the closest design found uses too much; kRateNotReached, with
  /// the shortest interval that can be had.
  [[nodiscard]] Result<FoldingSolution> solve(const FoldingRequest& request) const;

  /// The least area at a pace. `decide`: ends as soon as it is certain that nothing fits, else
  /// looks for what comes close.
  enum class Effort { kDecide, kClosest };
  [[nodiscard]] FoldingAttempt attempt(const Pace& pace, const ResourceVector& limit,
                                       Effort effort = Effort::kDecide) const;

  /// Σ use/limit of the smallest folding at a pace, if it fits or not; none: nothing is as fast.
  [[nodiscard]] std::optional<double> leastArea(const Pace& pace,
                                                const ResourceVector& limit) const;

  /// Every interval that a block can have, ascending, and a delay that no design can go below, ns.
  [[nodiscard]] const std::vector<std::int64_t>& intervals() const { return tables_.intervals; }
  [[nodiscard]] double shortestDelay() const { return shortest_delay_; }

 private:
  FoldingSolver(DesignNetwork network, BlockCost cost, FoldingTables tables, bool overridden)
      : network_(std::move(network)),
        cost_(std::move(cost)),
        tables_(std::move(tables)),
        shortest_delay_(a2q::shortestDelay(tables_)),
        overridden_(overridden) {}

  [[nodiscard]] FoldingSolution solutionOf(const FoldingPick& pick) const;
  /// A pick changed until its design fits, or as near as that leads.
  [[nodiscard]] FoldingSolution descended(FoldingPick pick, const Pace& pace,
                                          const ResourceVector& limit) const;
  [[nodiscard]] tl::unexpected<Error> doesNotFit(const std::string& when, const Pace& pace,
                                                 const ResourceVector& limit) const;
  [[nodiscard]] tl::unexpected<Error> tooFast(const Pace& pace) const;
  [[nodiscard]] Result<FoldingSolution> fastest(const FoldingRequest& request) const;

  DesignNetwork network_;
  BlockCost cost_;
  FoldingTables tables_;
  double shortest_delay_ = 0;
  bool overridden_ = false;  ///< whether a person decided something
};

}  // namespace a2q
