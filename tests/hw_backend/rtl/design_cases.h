// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/integer/integer_network.h"
#include "hw_backend/design/dataflow_design.h"
#include "tests/hw_backend/rtl/bench.h"

namespace a2q::rtl_test {

/// A whole design with samples that follow each other, and what the engine makes of them.
struct DesignCase {
  std::string name;
  DataflowDesign design;
  BenchUnit unit;
  std::int64_t samples = 1;
  std::int64_t latency_per_cent = 2;  ///< how far the latency may be from the model's
};

/// The design of a network with accumulators as narrow as its weights allow.
[[nodiscard]] DesignNetwork narrowDesign(const IntegerNetwork& network);

/// For every layer the largest legal PE and SIMD up to a number.
[[nodiscard]] FoldingSpec atMost(const DesignNetwork& network, std::int64_t pe, std::int64_t simd);

/// Any legal folding, all styles of memories and thresholds.
[[nodiscard]] FoldingSpec randomFolding(const DesignNetwork& network, std::uint32_t seed);

/// Throws where there is no such design.
[[nodiscard]] DesignCase designCase(std::string name, const IntegerNetwork& network,
                                    const DataflowDesign& design, std::int64_t samples,
                                    OverflowMonitor monitor = OverflowMonitor::kOn);

/// The networks of design_networks.h, each folded in several ways.
[[nodiscard]] std::vector<DesignCase> designCases();

}  // namespace a2q::rtl_test
