// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "hw_backend/design/dataflow_design.h"
#include "tests/hw_backend/design/design_samples.h"

namespace a2q::testing {
namespace {

FoldingSpec randomFolding(const DesignNetwork& network, std::mt19937& random) {
  const auto any = [&](const std::vector<std::int64_t>& legal) {
    return legal[random() % legal.size()];
  };
  FoldingSpec folding;
  for (const DesignLayer& layer : network.layers) {
    LayerFolding own{any(legalPe(layer)), any(legalSimd(layer))};
    if (random() % 2 == 0) own.thresholds = ThresholdStyle::kBinarySearch;
    folding.layers.push_back(own);
  }
  return folding;
}

// What FIFOs are made for is what the blocks take.
TEST(DesignInterval, IsThatOfTheSlowestBlock) {
  std::mt19937 random(1);
  for (const DesignNetwork& network : {smallChain(), smallResidual(), everyOperation()}) {
    for (int i = 0; i < 300; ++i) {
      const auto design = fold(network, randomFolding(network, random));
      ASSERT_TRUE(design) << describe(design.error());
      std::int64_t most = 0;
      for (const Stage& stage : design->stages) most = std::max(most, stage.cycles);
      EXPECT_EQ(design->interval, most);
      EXPECT_EQ(design->stages[design->bottleneck].cycles, most);
    }
  }
}

}  // namespace
}  // namespace a2q::testing
