// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bounds/accumulator_policy.h"

#include <gtest/gtest.h>

#include "tests/core/bounds/two_channels.h"

namespace a2q {
namespace {

using testing::twoChannels;

PolicyVerdict verdictOn(const std::vector<IntegerWeights>& layers, AccumulatorPolicy policy) {
  return judge(certify(layers), policy);
}

TEST(AccumulatorPolicy, WidthsOfLayerAndChannel) {
  const LayerBound layer = layerBound(twoChannels(BitWidth{7}));
  EXPECT_EQ(accumulatorUnder(AccumulatorPolicy::kFixed32, layer), BitWidth{32});
  EXPECT_EQ(accumulatorUnder(AccumulatorPolicy::kDataType, layer), BitWidth{8});
  EXPECT_EQ(accumulatorUnder(AccumulatorPolicy::kMinimised, layer), BitWidth{6});
  EXPECT_EQ(accumulatorUnder(AccumulatorPolicy::kTarget, layer), BitWidth{7});
  EXPECT_EQ(accumulatorUnder(AccumulatorPolicy::kMinimised, layer, layer.channels[0]), BitWidth{5});
  EXPECT_EQ(accumulatorUnder(AccumulatorPolicy::kTarget, layerBound(twoChannels({}))),
            std::nullopt);
}

TEST(AccumulatorPolicy, OnlyTheTargetIsTooNarrowHere) {
  const std::vector<IntegerWeights> layers = {twoChannels(BitWidth{5}), twoChannels(BitWidth{4}),
                                              twoChannels({})};
  for (const AccumulatorPolicy policy : kAccumulatorPolicies) {
    const PolicyVerdict verdict = verdictOn(layers, policy);
    EXPECT_EQ(verdict.safe(), policy != AccumulatorPolicy::kTarget) << policyName(policy);
  }
  const PolicyVerdict verdict = verdictOn(layers, AccumulatorPolicy::kTarget);
  EXPECT_EQ(verdict.channels, 4);
  EXPECT_EQ(verdict.accumulator_bits, Int128{18});
  ASSERT_EQ(verdict.overflowing.size(), 3U);
  const OverflowingChannel& worst = verdict.overflowing[0];
  EXPECT_EQ(worst.layer, 1U);
  EXPECT_EQ(worst.channel, 1U);
  EXPECT_EQ(worst.side, WitnessSide::kLow);
  EXPECT_EQ(worst.excess, Int128{13});  // −2^3 − (−21)
  EXPECT_EQ(worst.smallest.bits, 6);
  // Both lack one bit: −21 under five bits by 5, 9 above 7 by 2.
  EXPECT_EQ(verdict.overflowing[1].layer, 0U);
  EXPECT_EQ(verdict.overflowing[1].excess, Int128{5});
  EXPECT_EQ(verdict.overflowing[2].side, WitnessSide::kHigh);
  EXPECT_EQ(verdict.overflowing[2].excess, Int128{2});
}

TEST(AccumulatorPolicy, ThirtyTwoBitsAreNotAlwaysEnough) {
  IntegerWeights wide{"wide", 2, 2, {16}, {{16}, Signedness::kUnsigned}, {0, 65535}, {}, {}, {}};
  wide.values = {32767, 32767, 32767, 0};
  const PolicyVerdict verdict = verdictOn({wide}, AccumulatorPolicy::kFixed32);
  EXPECT_EQ(verdict.safe(), false);
  ASSERT_EQ(verdict.overflowing.size(), 1U);
  EXPECT_EQ(verdict.overflowing[0].channel, 0U);
  EXPECT_EQ(verdict.overflowing[0].smallest.bits, 33);
  EXPECT_EQ(verdictOn({wide}, AccumulatorPolicy::kDataType).safe(), true);
}

TEST(AccumulatorPolicy, NothingJudgedIsNotSafe) {
  EXPECT_EQ(verdictOn({twoChannels({})}, AccumulatorPolicy::kTarget).safe(), std::nullopt);
  EXPECT_EQ(verdictOn({}, AccumulatorPolicy::kMinimised).safe(), std::nullopt);
}

}  // namespace
}  // namespace a2q
