// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/design/folding_solver.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "tests/hw_backend/design/design_samples.h"

namespace a2q::testing {
namespace {

using ::testing::HasSubstr;

/// Simple costs in which all choices differ: whole numbers, so that sums are exact.
ResourceVector costOf(const Block& block) {
  if (const auto* unit = std::get_if<MvauBlock>(&block)) {
    const std::int64_t bits = unit->mw * unit->mh * unit->weights.bits;
    const bool stored = unit->memory == MemoryStyle::kBlock;
    double lut = 20 + static_cast<double>(unit->pe * (9 * unit->simd + unit->accumulator.bits));
    double bram = stored ? 1 + static_cast<double>(unit->pe * unit->simd) / 4 : 0;
    if (!stored) lut += static_cast<double>(bits) / 4;
    if (unit->thresholds) {
      const bool parallel = unit->thresholds->style == ThresholdStyle::kParallel;
      lut += static_cast<double>(unit->pe * (parallel ? 30 : 8));
      bram += unit->thresholds->memory == MemoryStyle::kBlock ? 1 : 0;
      if (unit->thresholds->memory == MemoryStyle::kLogic) lut += 12;
    }
    return {lut, 0, bram, 0};
  }
  if (const auto* converter = std::get_if<WidthConverterBlock>(&block)) {
    return {static_cast<double>(5 * (converter->input_lanes + converter->output_lanes)), 0, 0, 0};
  }
  if (const auto* fifo = std::get_if<FifoBlock>(&block)) {
    return {static_cast<double>(fifo->width), 0, 0, 0};
  }
  return {};
}

/// Every folding of a network.
class Everything {
 public:
  Everything(const DesignNetwork& network, bool all_styles) : network_(network) {
    FoldingSpec folding{std::vector<LayerFolding>(network.layers.size())};
    choose(0, folding, all_styles);
  }

  /// The least interval of those that fit; none fits: the largest number.
  [[nodiscard]] std::int64_t fastest(const ResourceVector& limit) const {
    std::int64_t least = std::numeric_limits<std::int64_t>::max();
    for (const Seen& seen : seen_) {
      if (fitsIn(seen.use, limit)) least = std::min(least, seen.interval);
    }
    return least;
  }

  /// The least LUT of those that are fast enough.
  [[nodiscard]] double smallest(std::int64_t interval) const {
    double least = std::numeric_limits<double>::infinity();
    for (const Seen& seen : seen_) {
      if (seen.interval <= interval) least = std::min(least, seen.use.lut);
    }
    return least;
  }
  [[nodiscard]] std::size_t size() const { return seen_.size(); }

 private:
  struct Seen {
    std::int64_t interval;
    ResourceVector use;
  };

  void choose(std::size_t layer, FoldingSpec& folding, bool all_styles) {
    if (layer == network_.layers.size()) {
      const auto design = fold(network_, folding);
      ResourceVector use;
      for (const Stage& stage : design->stages) use += costOf(stage.block);
      seen_.push_back({design->interval, use});
      return;
    }
    const DesignLayer& one = network_.layers[layer];
    for (const std::int64_t pe : legalPe(one)) {
      for (const std::int64_t simd : legalSimd(one)) {
        for (const LayerFolding& style : styles(one, all_styles)) {
          folding.layers[layer] = style;
          folding.layers[layer].pe = pe;
          folding.layers[layer].simd = simd;
          choose(layer + 1, folding, all_styles);
        }
      }
    }
  }

  static std::vector<LayerFolding> styles(const DesignLayer& layer, bool all) {
    if (!all || !layer.hasWeights()) return {{}};
    std::vector<LayerFolding> out;
    for (const MemoryStyle weights : {MemoryStyle::kLogic, MemoryStyle::kBlock}) {
      LayerFolding folding;
      folding.weights = weights;
      out.push_back(folding);
      if (!layer.thresholds) continue;
      folding.thresholds = ThresholdStyle::kBinarySearch;
      out.push_back(folding);
      folding.threshold_memory = MemoryStyle::kBlock;
      out.push_back(folding);
    }
    return out;
  }

  const DesignNetwork& network_;
  std::vector<Seen> seen_;
};

constexpr double kPlenty = 1e6;

FoldingOverrides plainStyles() {
  FoldingOverrides overrides;
  for (const char* name : {"fc1", "fc2", "fc3"}) {
    overrides[name].weights = MemoryStyle::kLogic;
    overrides[name].thresholds = ThresholdStyle::kParallel;
  }
  return overrides;
}

TEST(FoldingSolver, TheHighestRateEqualsTryingEverything) {
  const DesignNetwork network = smallChain();
  const Everything all(network, false);
  ASSERT_GT(all.size(), 2000U);
  const auto solver = FoldingSolver::make(network, costOf, plainStyles());
  ASSERT_TRUE(solver);
  int solved = 0;
  int proven = 0;
  for (double lut = 150; lut < 1500; lut += 25) {
    const ResourceVector limit{lut, kPlenty, kPlenty, kPlenty};
    const std::int64_t best = all.fastest(limit);
    const auto found = solver->solve({limit, {}});
    ASSERT_EQ(found.has_value(), best != std::numeric_limits<std::int64_t>::max()) << lut;
    if (!found) continue;
    EXPECT_EQ(found->design.interval, best) << lut;
    EXPECT_TRUE(fitsIn(found->use, limit));
    proven += found->proven ? 1 : 0;
    ++solved;
  }
  EXPECT_GT(solved, 20);
  // Not where a faster one fits but for a FIFO in which beats wait.
  EXPECT_GT(proven, solved * 9 / 10);
}

TEST(FoldingSolver, TheLeastAreaEqualsTryingEverything) {
  const DesignNetwork network = smallChain();
  const Everything all(network, false);
  const auto solver = FoldingSolver::make(network, costOf, plainStyles());
  ASSERT_TRUE(solver);
  for (std::int64_t interval = 1; interval <= 30; ++interval) {
    const auto found = solver->solve({{kPlenty, kPlenty, kPlenty, kPlenty}, interval});
    ASSERT_TRUE(found) << interval;
    EXPECT_LE(found->design.interval, interval);
    EXPECT_EQ(found->use.lut, all.smallest(interval)) << interval;
  }
}

TEST(FoldingSolver, WithTwoResourcesItFindsWhatTryingEverythingFindsAndSaysWhenItIsProven) {
  const DesignNetwork network = networkOf(R"(
[[layer]]
name = "in"
kind = "input"
shape = [4, 1, 1]
bits = 4
[[layer]]
name = "fc1"
kind = "linear"
features = 4
[[layer]]
name = "act1"
kind = "activation"
[[layer]]
name = "fc2"
kind = "linear"
features = 2
[[layer]]
name = "out"
kind = "output"
)");
  const Everything all(network, true);
  const auto solver = FoldingSolver::make(network, costOf);
  ASSERT_TRUE(solver);
  int proven = 0;
  int as_fast = 0;
  int fitting = 0;
  for (double lut = 90; lut < 600; lut += 15) {
    for (double bram = 0; bram < 5; ++bram) {
      const ResourceVector limit{lut, kPlenty, bram, kPlenty};
      const std::int64_t best = all.fastest(limit);
      const auto found = solver->solve({limit, {}});
      ASSERT_EQ(found.has_value(), best != std::numeric_limits<std::int64_t>::max())
          << lut << ' ' << bram;
      if (!found) continue;
      EXPECT_GE(found->design.interval, best);
      as_fast += found->design.interval == best ? 1 : 0;
      ++fitting;
      if (found->proven) {
        EXPECT_EQ(found->design.interval, best) << lut << ' ' << bram;
      }
      proven += found->proven ? 1 : 0;
    }
  }
  EXPECT_GT(proven, 50);
  EXPECT_EQ(as_fast, fitting);
}

TEST(FoldingSolver, OverridesHold) {
  const DesignNetwork network = smallChain();
  FoldingOverrides overrides;
  overrides["fc2"].pe = 2;
  overrides["fc2"].simd = 1;
  overrides["fc2"].weights = MemoryStyle::kBlock;
  const auto solver = FoldingSolver::make(network, costOf, overrides);
  ASSERT_TRUE(solver);
  const auto found = solver->solve({{kPlenty, kPlenty, kPlenty, kPlenty}, {}});
  ASSERT_TRUE(found);
  const LayerFolding& fc2 = found->design.folding.layers[2];
  EXPECT_EQ(fc2.pe, 2);
  EXPECT_EQ(fc2.simd, 1);
  EXPECT_EQ(fc2.weights, MemoryStyle::kBlock);
  EXPECT_EQ(found->design.interval, 12);
}

TEST(FoldingSolver, BadOverridesAreNamed) {
  const DesignNetwork network = smallChain();
  FoldingOverrides overrides;
  overrides["fc2"].pe = 3;
  auto solver = FoldingSolver::make(network, costOf, overrides);
  ASSERT_FALSE(solver);
  EXPECT_THAT(solver.error().remedy, HasSubstr("2 or 4"));
  overrides.clear();
  overrides["fc22"].pe = 1;
  solver = FoldingSolver::make(network, costOf, overrides);
  ASSERT_FALSE(solver);
  EXPECT_EQ(solver.error().code, ErrorCode::kFoldingIllegal);
  EXPECT_THAT(solver.error().remedy, HasSubstr("'fc2'"));
}

TEST(FoldingSolver, WhatDoesNotFitSaysByHowMuch) {
  const DesignNetwork network = smallChain();
  const auto solver = FoldingSolver::make(network, costOf);
  ASSERT_TRUE(solver);
  const auto small = solver->solve({{50, kPlenty, 0, kPlenty}, {}});
  ASSERT_FALSE(small);
  EXPECT_EQ(small.error().code, ErrorCode::kDoesNotFit);
  EXPECT_THAT(small.error().cause,
              ::testing::AllOf(HasSubstr("no folding can"), HasSubstr("where 50 may be used")));
  const auto fast = solver->solve({{kPlenty, kPlenty, kPlenty, kPlenty}, 0});
  ASSERT_FALSE(fast);
  EXPECT_THAT(fast.error().cause, HasSubstr("one every 1 cycles"));
}

TEST(FoldingSolver, BranchesAreOneProblem) {
  const DesignNetwork network = smallResidual();
  const auto solver = FoldingSolver::make(network, costOf);
  ASSERT_TRUE(solver);
  const auto found = solver->solve({{kPlenty, kPlenty, kPlenty, kPlenty}, {}});
  ASSERT_TRUE(found);
  // Fully unfolded, 3x3 convolutions of 4 channels take 9 cycles at each of 64 places; so do the
  // windows, one pixel a beat.
  EXPECT_EQ(found->design.interval, 64 * 9);
}

}  // namespace
}  // namespace a2q::testing
