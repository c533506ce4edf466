// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/rtl/block_rtl.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <span>

#include "core/base/child_output.h"
#include "core/bounds/accumulator_bounds.h"
#include "hw_backend/flow/child_process.h"
#include "hw_backend/flow/work_folder.h"
#include "hw_backend/rtl/example_constants.h"
#include "hw_backend/rtl/rtl_library.h"

namespace a2q {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Key;
using ::testing::Not;

MvauBlock block() {
  return {8, 4, 2, 4, {4}, {{4}, Signedness::kUnsigned}, {8}, MemoryStyle::kLogic, std::nullopt};
}

void expectRefused(const Block& what, const BlockConstants& constants, ErrorCode code,
                   const std::string& cause) {
  const auto made = generateBlock(what, constants);
  ASSERT_FALSE(made.has_value());
  EXPECT_EQ(made.error().code, code);
  EXPECT_THAT(made.error().cause, HasSubstr(cause));
}

TEST(BlockRtl, HoldsTheModulesItNeedsAndNoOther) {
  const auto made = generateBlock(block(), exampleConstants(block(), 1), {.name = "layer1"});
  ASSERT_TRUE(made.has_value()) << describe(made.error());
  EXPECT_EQ(made->top, "layer1");
  for (const char* file : {"layer1.v", "layer1_weight.mem", "a2q_mvau.v", "a2q_replay.v",
                           "a2q_rom.v", "a2q_adder_tree.v", "a2q_counter.v"})
    EXPECT_THAT(made->files, Contains(Key(file)));
  EXPECT_THAT(made->files, Not(Contains(Key("a2q_thresholds.v"))));
  EXPECT_THAT(made->files.at("layer1.v"), HasSubstr(".P(8)"));
}

TEST(BlockRtl, WritesConstantsOfOneWordIntoTheModule) {
  auto flat = block();
  flat.pe = flat.mh;
  flat.simd = flat.mw;
  const auto made = generateBlock(flat, exampleConstants(flat, 1));
  ASSERT_TRUE(made.has_value());
  EXPECT_THAT(made->files, Not(Contains(Key("a2q_rom.v"))));
  EXPECT_THAT(made->files.at("block.v"), HasSubstr("= 128'h"));
}

TEST(BlockRtl, PacksLaneZeroAndProductZeroIntoTheLowBits) {
  MvauBlock small{2, 2, 2, 1, {4}, {{2}, Signedness::kUnsigned}, {8}, {}, std::nullopt};
  const auto made = generateBlock(small, {.weights = {1, 2, -1, 7}, .thresholds = {}});
  ASSERT_TRUE(made.has_value());
  EXPECT_EQ(made->files.at("block_weight.mem"), "f1\n72\n");
}

TEST(BlockRtl, RefusesWhatCannotBe) {
  auto odd = block();
  odd.pe = 3;
  expectRefused(odd, {}, ErrorCode::kSpecValue, "PE = 3 does not divide");
  expectRefused(block(), {}, ErrorCode::kSpecValue, "0 weights given, and it has 4 x 8");
  auto weights = exampleConstants(block(), 1);
  weights.weights[5] = 8;
  expectRefused(block(), weights, ErrorCode::kSpecValue, "weight 8 does not fit 4 bits");
  expectRefused(FifoBlock{1, 8, {}}, {}, ErrorCode::kSpecValue, "at least two");
  const ThresholdBlock thresholds{1, 1, {4}, 3, {{2}, Signedness::kUnsigned}, {}};
  expectRefused(thresholds, {{}, {1, 3, 2}}, ErrorCode::kSpecValue, "do not ascend");
  expectRefused(thresholds, {{}, {-8, 3, 4}}, ErrorCode::kSpecValue, "-8 of channel 0 less one");
  expectRefused(thresholds, {{1}, {1, 2, 3}}, ErrorCode::kSpecValue, "it has no weights");
}

TEST(BlockRtl, RefusesWeightsThatCanOverflow) {
  auto constants = exampleConstants(block(), 1);
  auto narrow = block();
  --narrow.accumulator.bits;
  expectRefused(narrow, constants, ErrorCode::kOverflowPossible, "an accumulator has 7 bits");
  EXPECT_TRUE(generateBlock(narrow, constants, {.proof = OverflowProof::kElsewhere}).has_value());
}

TEST(ExampleConstants, FillTheAccumulatorAndNoMore) {
  const auto constants = exampleConstants(block(), 2);
  ASSERT_EQ(constants.weights.size(), 32U);
  for (std::size_t row = 0; row < 4; ++row) {
    auto sums = signedSums(std::span(constants.weights).subspan(row * 8, 8));
    const IntegerRange codes = rangeOf(block().input);
    EXPECT_LE(smallestAccumulator(exactRange(sums, codes)), block().accumulator);
    ++sums.positive;
    EXPECT_GT(
        smallestAccumulator(exactRange(sums, codes)).bits +
            smallestAccumulator(exactRange({sums.positive - 1, sums.negative + 1}, codes)).bits,
        2 * block().accumulator.bits)
        << "row " << row << " has room on both sides";
  }
  EXPECT_EQ(constants, exampleConstants(block(), 2));
  EXPECT_NE(constants, exampleConstants(block(), 3));
}

/// The simulations have the monitor on; synthesis has it off.
TEST(BlockRtl, HasNoWarningsWithoutTheMonitor) {
  const auto verilator = findProgram("verilator");
  if (!verilator) GTEST_SKIP() << "verilator is not installed: apt install verilator";
  auto flat = block();
  flat.pe = flat.mh;
  flat.simd = flat.mw;
  for (const MvauBlock& what : {block(), flat}) {
    const auto made = generateBlock(what, exampleConstants(what, 1));
    const auto folder = WorkFolder::make();
    ASSERT_TRUE(made.has_value() && folder.has_value());
    ASSERT_TRUE(folder->write(made->files).has_value());
    ChildCommand lint;
    lint.program = *verilator;
    lint.words = {"--lint-only", "-Wall", "--top-module", made->top};
    lint.folder = folder->path();
    for (const auto& [name, text] : made->files)
      if (name.ends_with(".v")) lint.words.push_back(name);
    const auto ran = runChild(lint, {});
    ASSERT_TRUE(ran.has_value());
    EXPECT_TRUE(ran->good()) << ran->tail;
    EXPECT_EQ(ran->tail, "");
  }
}

TEST(RtlLibrary, HasALicenceAndADescriptionInEveryModule) {
  EXPECT_GE(rtlLibrary().size(), 20U);
  for (const auto& [name, text] : rtlLibrary()) {
    EXPECT_TRUE(text.starts_with("// SPDX-License-Identifier: GPL-3.0-or-later\n// ")) << name;
    EXPECT_THAT(std::string(text), HasSubstr("\nmodule " + std::string(name) + " #("));
  }
}

}  // namespace
}  // namespace a2q
