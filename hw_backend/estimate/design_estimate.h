// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>
#include <vector>

#include "hw_backend/design/dataflow_design.h"
#include "hw_backend/estimate/resource_model.h"

namespace a2q {

/// What a design takes; sums of its blocks. Ends of intervals are added as well, as if every block
/// were at the same end: wider than what errors that cancel would leave.
struct DesignEstimate {
  std::vector<ResourceEstimate> layers;  ///< in the order of DataflowDesign::network.layers
  ResourceEstimate total;
};

[[nodiscard]] DesignEstimate estimate(const DataflowDesign& design, const ResourceModel& model);

/// The resource of which a design uses the largest share of a limit.
struct TightestResource {
  std::string_view name;  ///< "LUT", "FF", "BRAM", "DSP"
  double share = 0;       ///< 1: all of it
};
[[nodiscard]] TightestResource tightest(const ResourceVector& use, const ResourceVector& limit);

}  // namespace a2q
