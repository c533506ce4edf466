// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/design/folding_memories.h"

#include <gtest/gtest.h>

#include <limits>

#include "tests/hw_backend/design/design_samples.h"

namespace a2q::testing {
namespace {

/// Units whose weights and thresholds trade look-up tables for block memories.
ResourceVector costOf(const Block& block) {
  const auto* unit = std::get_if<MvauBlock>(&block);
  if (unit == nullptr) return {};
  const auto bits = static_cast<double>(unit->mw * unit->mh * unit->weights.bits);
  ResourceVector use{static_cast<double>(7 * unit->pe * unit->simd), 0, 0, 0};
  if (unit->memory == MemoryStyle::kBlock) {
    use.bram += 1 + static_cast<double>(unit->pe);
  } else {
    use.lut += bits;
  }
  if (!unit->thresholds) return use;
  if (unit->thresholds->style == ThresholdStyle::kParallel) use.lut += 40;
  if (unit->thresholds->memory == MemoryStyle::kBlock) use.bram += 1;
  return use;
}

/// The fewest look-up tables of all choices of memories within so many block memories.
double fewest(const FoldingTables& tables, std::size_t layer, FoldingPick pick, double blocks) {
  if (layer == tables.layers.size()) {
    const ResourceVector use = useOf(tables, pick);
    return use.bram <= blocks ? use.lut : std::numeric_limits<double>::infinity();
  }
  double least = std::numeric_limits<double>::infinity();
  const std::size_t units = std::max<std::size_t>(1, unitCell(tables, layer, pick).units.size());
  for (std::size_t unit = 0; unit < units; ++unit) {
    pick.layers[layer].unit = unit;
    least = std::min(least, fewest(tables, layer + 1, pick, blocks));
  }
  return least;
}

TEST(FoldingMemories, AreTheBestOfAllForTheirPeAndSimd) {
  const auto tables =
      foldingTables(smallChain(), costOf, [](const Block& /*block*/) { return 0.0; }, {});
  ASSERT_TRUE(tables);
  for (std::size_t value = 0; value < 2; ++value) {
    const FoldingPick start{std::vector<std::size_t>(tables->variables.size(), value),
                            std::vector<FoldingPick::Layer>(tables->layers.size())};
    for (double blocks = 0; blocks < 12; ++blocks) {
      FoldingPick pick = start;
      chooseMemories(*tables, {1000, 1}, {1e6, 1e6, blocks, 1e6}, {}, pick);
      EXPECT_EQ(useOf(*tables, pick).lut, fewest(*tables, 0, start, blocks)) << blocks;
      EXPECT_LE(useOf(*tables, pick).bram, blocks);
    }
  }
}

TEST(FoldingMemories, WhatCannotFitStaysAsItIs) {
  const auto tables =
      foldingTables(smallChain(), costOf, [](const Block& /*block*/) { return 0.0; }, {});
  ASSERT_TRUE(tables);
  const FoldingPick start{std::vector<std::size_t>(tables->variables.size(), 0),
                          std::vector<FoldingPick::Layer>(tables->layers.size())};
  FoldingPick pick = start;
  chooseMemories(*tables, {1000, 1}, {1e6, 1e6, 3, 1e6}, {0, 0, 5, 0}, pick);
  EXPECT_EQ(foldingOf(*tables, pick), foldingOf(*tables, start));
}

}  // namespace
}  // namespace a2q::testing
