// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "hw_backend/design/dataflow_design.h"
#include "hw_backend/design/folding_tables.h"

namespace a2q {

struct FoldingRequest {
  /// What the design may use of each resource: totals of a device × utilisation.
  ResourceVector limit;
  /// The largest initiation interval, for the least area; none: the highest rate.
  std::optional<std::int64_t> interval;
};

/// A folding, its design and what that uses.
struct FoldingSolution {
  DataflowDesign design;
  ResourceVector use;
  /// Whether no other folding can be better. It is not proven where two resources bind at once and
  /// no price of one in the other separates what fits from what does not.
  bool proven = true;
};

/// Chooses PE, SIMD and memory styles of every layer.
///
/// Area is the sum of shares, Σ use/limit over the resources. For a given interval, layers are
/// coupled by the width converters between them, so the cheapest design comes from dynamic
/// programming along the network (pairwise_minimum.h), exactly. FIFOs in which beats wait are not
/// part of that choice (they follow from the whole design) but of what must fit. The highest rate
/// is found by bisection over every interval that a block can have. Where the cheapest design
/// overuses one resource, its price is raised and the search repeated; once the priced minimum
/// exceeds the priced limit, nothing at that interval can fit. Where prices alone find nothing,
/// foldings that overuse different resources are mixed layer by layer.
class FoldingSolver {
 public:
  /// Computes the tables once. Errors: kFoldingIllegal.
  [[nodiscard]] static Result<FoldingSolver> make(const DesignNetwork& network, BlockCost cost,
                                                  const FoldingOverrides& overrides = {});

  /// Errors: kDoesNotFit, with what the closest design found uses too much, or with the shortest
  /// interval that can be had.
  [[nodiscard]] Result<FoldingSolution> solve(const FoldingRequest& request) const;

 private:
  FoldingSolver(DesignNetwork network, BlockCost cost, FoldingTables tables)
      : network_(std::move(network)), cost_(std::move(cost)), tables_(std::move(tables)) {}

  /// When a search ends that finds nothing: as soon as nothing can fit, or when it is close.
  enum class Effort { kDecide, kClosest };
  /// What was found at an interval: a design that fits, or the closest one tried, and whether none
  /// can fit.
  struct Attempt {
    std::optional<FoldingSolution> solution;
    bool fits = false;
    bool impossible = false;
  };
  [[nodiscard]] Attempt attempt(std::int64_t interval, const ResourceVector& limit,
                                Effort effort) const;
  [[nodiscard]] std::optional<FoldingSpec> cheapest(std::int64_t interval,
                                                    const ResourceVector& price,
                                                    double& cost) const;
  [[nodiscard]] FoldingSolution solutionOf(const FoldingSpec& folding) const;
  /// The first mix that fits of one folding up to some layer and of another behind it: each
  /// overuses another resource.
  [[nodiscard]] std::optional<FoldingSolution> mixed(const FoldingSpec& front,
                                                     const FoldingSpec& back,
                                                     const ResourceVector& limit) const;
  [[nodiscard]] tl::unexpected<Error> doesNotFit(const std::string& when, std::int64_t interval,
                                                 const ResourceVector& limit) const;
  [[nodiscard]] Result<FoldingSolution> fastest(const ResourceVector& limit) const;

  DesignNetwork network_;
  BlockCost cost_;
  FoldingTables tables_;
};

}  // namespace a2q
