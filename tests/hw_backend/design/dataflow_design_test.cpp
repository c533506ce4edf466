// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/design/dataflow_design.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/hw_backend/design/design_samples.h"

namespace a2q::testing {
namespace {

FoldingSpec smallest(const DesignNetwork& network) {
  return {std::vector<LayerFolding>(network.layers.size())};
}

template <class T>
std::vector<const Stage*> stagesOf(const DataflowDesign& design) {
  std::vector<const Stage*> found;
  for (const Stage& stage : design.stages) {
    if (std::holds_alternative<T>(stage.block)) found.push_back(&stage);
  }
  return found;
}

TEST(DataflowDesign, CyclesOfDotProducts) {
  const DesignNetwork network = smallChain();
  FoldingSpec folding = smallest(network);
  folding.layers[1] = {3, 2};
  folding.layers[2] = {2, 3};
  const auto design = fold(network, folding);
  ASSERT_TRUE(design);
  const auto units = stagesOf<MvauBlock>(*design);
  ASSERT_EQ(units.size(), 3U);
  EXPECT_EQ(units[0]->cycles, (6 / 3) * (4 / 2));
  EXPECT_EQ(units[1]->cycles, (4 / 2) * (6 / 3));
  EXPECT_EQ(units[2]->cycles, 3 * 4);
  EXPECT_EQ(design->interval, 12);
  EXPECT_EQ(&design->stages[design->bottleneck], units[2]);
}

TEST(DataflowDesign, ABinarySearchTakesABitACycle) {
  const DesignNetwork network = smallChain();
  FoldingSpec folding = smallest(network);
  folding.layers[1] = {1, 4};
  folding.layers[1].thresholds = ThresholdStyle::kBinarySearch;
  const auto design = fold(network, folding);
  ASSERT_TRUE(design);
  // One cycle a row for the products, four for the codes of four bits.
  EXPECT_EQ(stagesOf<MvauBlock>(*design)[0]->cycles, 6 * 4);
}

TEST(DataflowDesign, ConvertersStandOnlyWhereWidthsDiffer) {
  const DesignNetwork network = smallChain();
  FoldingSpec folding = smallest(network);
  folding.layers[0].pe = 4;
  folding.layers[1] = {6, 4};
  folding.layers[2] = {4, 3};  // takes 3 of 6
  folding.layers[3] = {1, 4};
  const auto design = fold(network, folding);
  ASSERT_TRUE(design);
  const auto converters = stagesOf<WidthConverterBlock>(*design);
  ASSERT_EQ(converters.size(), 1U);
  EXPECT_EQ(std::get<WidthConverterBlock>(converters[0]->block), (WidthConverterBlock{6, 3, {4}}));
  EXPECT_EQ(converters[0]->cycles, 2);
  EXPECT_EQ(converters[0]->beats, 2);
}

TEST(DataflowDesign, LatencyByHand) {
  const DesignNetwork network = networkOf(R"(
[[layer]]
name = "in"
kind = "input"
shape = [8, 1, 1]
bits = 4
[[layer]]
name = "fc"
kind = "linear"
features = 4
[[layer]]
name = "out"
kind = "output"
)");
  FoldingSpec folding = smallest(network);
  folding.layers[0].pe = 4;
  folding.layers[1] = {2, 4};
  const auto design = fold(network, folding);
  ASSERT_TRUE(design);
  // Beats in at 0 and 1; both are needed, and four registers follow (replay, inputs, sums,
  // accumulators), so the first pair of rows comes at 5; the second takes two more cycles. Four
  // cycles a sample.
  ASSERT_EQ(design->stages.size(), 1U);
  EXPECT_EQ(design->stages[0].first, 5);
  EXPECT_EQ(design->stages[0].last, 7);
  EXPECT_EQ(design->interval, 4);
  EXPECT_EQ(design->latency, 8);
}

TEST(DataflowDesign, WindowsTakeAndGiveAtOnce) {
  const DesignNetwork network = smallResidual();
  FoldingSpec folding = smallest(network);
  folding.layers[1].simd = 2;
  const auto design = fold(network, folding);
  ASSERT_TRUE(design);
  const Stage& window = *stagesOf<SlidingWindowBlock>(*design)[0];
  EXPECT_EQ(window.cycles, 64 * 9 * 4 / 2);
  EXPECT_EQ(window.beats, 64 * 9 * 4 / 2);
}

TEST(DataflowDesign, TheShorterBranchWaitsInAFifo) {
  const DesignNetwork network = smallResidual();
  for (const std::int64_t lanes : {1, 4}) {
    FoldingSpec folding = smallest(network);
    for (std::size_t i = 0; i < folding.layers.size(); ++i) {
      const bool dense = network.layers[i].operation == DesignOperation::kDense;
      if (network.layers[i].output.channels % lanes == 0) folding.layers[i].pe = lanes;
      if (dense) folding.layers[i].simd = lanes;
    }
    const auto design = fold(network, folding);
    ASSERT_TRUE(design);
    std::int64_t deepest = 0;
    int deep = 0;
    for (const Stage* stage : stagesOf<FifoBlock>(*design)) {
      const std::int64_t depth = std::get<FifoBlock>(stage->block).depth;
      deepest = std::max(deepest, depth);
      deep += depth > 2 ? 1 : 0;
    }
    EXPECT_EQ(deep, 1);
    // The convolution takes a row, a pixel and one more before it gives anything.
    EXPECT_GE(deepest, (8 + 2) * 4 / lanes);
    // All that a branch ever gives, and two, is always enough.
    EXPECT_LE(deepest, 64 * 4 / lanes + 2);
  }
}

TEST(DataflowDesign, EveryReaderGetsTheStream) {
  const auto design = fold(smallResidual(), smallest(smallResidual()));
  ASSERT_TRUE(design);
  const auto forks = stagesOf<ForkBlock>(*design);
  ASSERT_EQ(forks.size(), 1U);
  const auto at = static_cast<std::size_t>(forks[0] - design->stages.data());
  int takers = 0;
  for (const Stage& stage : design->stages) {
    for (const std::size_t input : stage.inputs) takers += input == at ? 1 : 0;
  }
  EXPECT_EQ(takers, 2);
  EXPECT_EQ(stagesOf<AddBlock>(*design)[0]->inputs.size(), 2U);
}

}  // namespace
}  // namespace a2q::testing
