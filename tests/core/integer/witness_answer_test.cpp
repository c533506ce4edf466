// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/integer/witness_answer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace a2q::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

/// Channel 0: S⁺ 8, S⁻ 2, so [−30, 120]. Channel 1: S⁺ 1, S⁻ 9, so [−135, 15]. Channel 2: zeros.
IntegerWeights threeChannels(std::optional<BitWidth> accumulator) {
  return {.layer = "fc",
          .channels = 3,
          .k = 4,
          .weight_bits = {4},
          .input_format = {{4}, Signedness::kUnsigned},
          .input_range = {0, 15},
          .accumulator = accumulator,
          .rule = {},
          .values = {3, -2, 0, 5, -4, 1, -5, 0, 0, 0, 0, 0}};
}

struct Row {
  int bits;
  Overflow overflow;
  std::int64_t result;
  bool overflowed;
  bool operator==(const Row&) const = default;
};

std::vector<Row> rowsOf(const WitnessAnswer& answer) {
  std::vector<Row> rows;
  for (const ReplayOutcome& outcome : answer.outcomes) {
    rows.push_back(
        {outcome.accumulator.bits, outcome.overflow, outcome.result, outcome.overflowed});
  }
  return rows;
}

TEST(WitnessAnswer, JudgesTheTargetTheSmallestAndOneBitLess) {
  const auto answer = answerWitness(threeChannels(BitWidth{10}), {.side = {}, .accumulator = {}});
  ASSERT_TRUE(answer) << describe(answer.error());
  EXPECT_EQ(answer->side, WitnessSide::kHigh);
  EXPECT_EQ(answer->range, (AccumulatorRange{-30, 120}));
  EXPECT_EQ(answer->end(), 120);
  EXPECT_EQ(answer->smallest, BitWidth{8});
  EXPECT_EQ(answer->inputs, (IntegerRange{0, 15}));
  EXPECT_THAT(answer->weights, ElementsAre(3, -2, 0, 5));
  EXPECT_THAT(answer->witness.inputs, ElementsAre(15, 0, 0, 15));
  EXPECT_THAT(answer->witness.running_sums, ElementsAre(45, 45, 45, 120));
  // 7 bits hold −64..63: 120 wraps to −8 and saturates at 63.
  EXPECT_THAT(
      rowsOf(*answer),
      ElementsAre(Row{10, Overflow::kWrap, 120, false}, Row{10, Overflow::kSaturate, 120, false},
                  Row{8, Overflow::kWrap, 120, false}, Row{8, Overflow::kSaturate, 120, false},
                  Row{7, Overflow::kWrap, -8, true}, Row{7, Overflow::kSaturate, 63, true}));
  EXPECT_TRUE(checkReplay(*answer));
  EXPECT_FALSE(overflowsJudged(*answer));
}

TEST(WitnessAnswer, TheEndThatNeedsMoreBitsIsTaken) {
  EXPECT_EQ(decidingSide({-128, 127}), WitnessSide::kHigh) << "both need 8 bits";
  EXPECT_EQ(decidingSide({-128, 128}), WitnessSide::kHigh);
  EXPECT_EQ(decidingSide({-129, 127}), WitnessSide::kLow);
  const auto answer =
      answerWitness(threeChannels(BitWidth{8}), {.channel = 1, .side = {}, .accumulator = {}});
  ASSERT_TRUE(answer) << describe(answer.error());
  EXPECT_EQ(answer->side, WitnessSide::kLow);
  EXPECT_EQ(answer->end(), -135);
  EXPECT_EQ(answer->smallest, BitWidth{9});
  EXPECT_TRUE(overflowsJudged(*answer)) << "−135 leaves 8 bits";
}

TEST(WitnessAnswer, TheQuestionDecides) {
  const auto answer =
      answerWitness(threeChannels(std::nullopt),
                    {.channel = 1, .side = WitnessSide::kHigh, .accumulator = BitWidth{5}});
  ASSERT_TRUE(answer) << describe(answer.error());
  EXPECT_TRUE(answer->given);
  EXPECT_EQ(answer->end(), 15);
  // 5 bits hold −16..15, 4 bits −8..7: 15 wraps to −1.
  EXPECT_THAT(
      rowsOf(*answer),
      ElementsAre(Row{5, Overflow::kWrap, 15, false}, Row{5, Overflow::kSaturate, 15, false},
                  Row{4, Overflow::kWrap, -1, true}, Row{4, Overflow::kSaturate, 7, true}));
  EXPECT_FALSE(overflowsJudged(*answer));
}

TEST(WitnessAnswer, NothingOverflowsAChannelOfZeros) {
  const auto answer =
      answerWitness(threeChannels(std::nullopt), {.channel = 2, .side = {}, .accumulator = {}});
  ASSERT_TRUE(answer) << describe(answer.error());
  EXPECT_THAT(rowsOf(*answer), ElementsAre(Row{1, Overflow::kWrap, 0, false},
                                           Row{1, Overflow::kSaturate, 0, false}));
  EXPECT_FALSE(answer->judged);
  EXPECT_FALSE(overflowsJudged(*answer));
}

TEST(WitnessAnswer, AnEngineThatLiesIsFound) {
  auto answer = answerWitness(threeChannels(BitWidth{8}), {.side = {}, .accumulator = {}});
  ASSERT_TRUE(answer) << describe(answer.error());
  answer->outcomes.front().result = 119;
  const Status disagrees = checkReplay(*answer);
  ASSERT_FALSE(disagrees);
  EXPECT_EQ(disagrees.error().code, ErrorCode::kMismatch);
  EXPECT_THAT(describe(disagrees.error()), HasSubstr("fc channel 0 at 8 bits"));
}

TEST(WitnessAnswer, RefusesAChannelThatIsNotThere) {
  for (const std::int64_t channel : {-1, 3}) {
    const auto answer = answerWitness(threeChannels(BitWidth{8}),
                                      {.channel = channel, .side = {}, .accumulator = {}});
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, ErrorCode::kUsage);
    EXPECT_THAT(describe(answer.error()), HasSubstr("0 to 2"));
  }
}

}  // namespace
}  // namespace a2q::testing
