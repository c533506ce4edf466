// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/estimate/design_plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "hw_backend/design/folding_descent.h"
#include "tests/hw_backend/design/design_samples.h"

namespace a2q::testing {
namespace {

using ::testing::HasSubstr;

PlanRequest on(std::string_view device) {
  PlanRequest request;
  request.device = *findDevice(device);
  return request;
}

TEST(DesignPlan, TotalsAreTheSumOfTheLayers) {
  const auto plan = planDesign(smallResidual(), on("xc7z020"));
  ASSERT_TRUE(plan) << describe(plan.error());
  ResourceVector sum;
  for (const ResourceEstimate& layer : plan->estimate.layers) sum += layer.value;
  EXPECT_NEAR(sum.lut, plan->estimate.total.value.lut, 1e-6);
  EXPECT_EQ(sum.bram, plan->estimate.total.value.bram);
  EXPECT_DOUBLE_EQ(plan->rate(), plan->clock_hz / static_cast<double>(plan->design.interval));
  EXPECT_TRUE(fitsIn(plan->estimate.total.value, 0.7 * plan->device->totals));
  ASSERT_TRUE(plan->estimate.total.low);
  EXPECT_LT(plan->estimate.total.low->lut, plan->estimate.total.value.lut);
}

TEST(DesignPlan, ARateIsReachedWithLessArea) {
  const auto fastest = planDesign(smallResidual(), on("xc7z020"));
  PlanRequest request = on("xc7z020");
  request.clock_hz = 100e6;
  request.frames = 1000;
  const auto slow = planDesign(smallResidual(), request);
  ASSERT_TRUE(fastest && slow);
  EXPECT_GE(slow->rate(), 1000);
  EXPECT_LT(slow->estimate.total.value.lut, fastest->estimate.total.value.lut);
}

TEST(DesignPlan, WithoutAClockItRunsAtItsOwn) {
  const auto plan = planDesign(smallResidual(), on("xc7z020"));
  ASSERT_TRUE(plan);
  EXPECT_EQ(plan->clock_hz, plan->clock.hz);
  EXPECT_LT(plan->clock.low, plan->clock.hz);
  EXPECT_GT(plan->clock.high, plan->clock.hz);
  PlanRequest request = on("xc7z020");
  request.clock_hz = 33e6;
  const auto asked = planDesign(smallResidual(), request);
  ASSERT_TRUE(asked);
  EXPECT_EQ(asked->clock_hz, 33e6);
  EXPECT_EQ(asked->clock.hz, plan->clock.hz);
}

TEST(DesignPlan, ARateIsReachedAtTheClockOfTheDesignThatReachesIt) {
  PlanRequest request = on("xc7z020");
  double area = 0;
  for (const double frames : {100.0, 3000.0, 30000.0}) {
    request.frames = frames;
    const auto plan = planDesign(smallResidual(), request);
    ASSERT_TRUE(plan) << describe(plan.error());
    EXPECT_EQ(plan->clock_hz, plan->clock.hz);
    EXPECT_GE(plan->rate(), frames);
    EXPECT_GE(plan->estimate.total.value.lut, area);
    area = plan->estimate.total.value.lut;
  }
}

TEST(DesignPlan, WhatTheFastestDesignReachesCanBeAskedFor) {
  PlanRequest request = on("xc7z020");
  const auto fastest = planDesign(smallResidual(), request);
  ASSERT_TRUE(fastest);
  for (const double share : {0.5, 0.8, 0.95, 1.0}) {
    request.frames = share * fastest->rate();
    const auto plan = planDesign(smallResidual(), request);
    ASSERT_TRUE(plan) << share << ' ' << describe(plan.error());
    EXPECT_GE(plan->rate(), *request.frames);
  }
  request.frames = 1.5 * fastest->rate();
  EXPECT_FALSE(planDesign(smallResidual(), request));
}

TEST(DesignPlan, TheSlowestPathIsThatOfItsBlock) {
  const auto plan = planDesign(smallResidual(), on("ice40hx8k"));
  const auto delays = delayModel(*on("ice40hx8k").device);
  ASSERT_TRUE(plan) << describe(plan.error());
  ASSERT_TRUE(delays);
  const DelayFigures& figures = (*delays)->figures;
  double slowest = 0;
  for (const Stage& stage : plan->design.stages) {
    for (const LogicPath& path : logicPaths(stage.block, *plan->device->family))
      slowest = std::max(slowest, delayOf(path, figures));
  }
  EXPECT_NEAR(plan->clock.hz, 1e9 / slowest, 1);
  EXPECT_NEAR(plan->clock.low, plan->clock.hz / figures.high, 1);
  EXPECT_DOUBLE_EQ(delayOf(plan->clock.path, figures), slowest);
}

TEST(DesignPlan, WiderAccumulatorsCostMoreInTheSameFolding) {
  const DesignNetwork network = smallResidual();
  const auto narrow = underPolicy(network, AccumulatorPolicy::kTarget);
  const auto wide = underPolicy(network, AccumulatorPolicy::kFixed32);
  const auto plan = planDesign(*narrow, on("xc7z020"));
  ASSERT_TRUE(plan);
  const auto other = withAccumulators(*plan, *wide, on("xc7z020"));
  ASSERT_TRUE(other);
  EXPECT_EQ(other->design.folding, plan->design.folding);
  EXPECT_GT(other->estimate.total.value.lut, plan->estimate.total.value.lut);
  EXPECT_LE(other->clock.hz, plan->clock.hz);
  EXPECT_EQ(other->clock_hz, other->clock.hz);
}

TEST(DesignPlan, WhatDoesNotFitNamesADeviceThatHoldsIt) {
  PlanRequest request = on("ice40hx1k");
  const auto plan = planDesign(smallResidual(), request);
  ASSERT_FALSE(plan);
  EXPECT_EQ(plan.error().code, ErrorCode::kDoesNotFit);
  EXPECT_THAT(plan.error().remedy, HasSubstr("smallest other device found to hold it is "));
  request = on("xc7a35t");
  request.clock_hz = 100e6;
  request.frames = 1e6;
  const auto fast = planDesign(smallResidual(), request);
  ASSERT_FALSE(fast);
  EXPECT_EQ(fast.error().code, ErrorCode::kRateNotReached);
  EXPECT_THAT(fast.error().cause, HasSubstr("fully unfolded it takes one every"));
  request.overrides["conv_a"].pe = 1;
  const auto overridden = planDesign(smallResidual(), request);
  ASSERT_FALSE(overridden);
  EXPECT_THAT(overridden.error().cause,
              HasSubstr("with what was asked for the layers it takes one every"));
  request = on("xc7a35t");
  request.frames = 1e6;
  const auto clocked = planDesign(smallResidual(), request);
  ASSERT_FALSE(clocked);
  EXPECT_THAT(clocked.error().remedy, HasSubstr("highest rate is"));
}

TEST(DesignPlan, MoreOfADeviceMayBeUsed) {
  PlanRequest request = on("xc7a35t");
  request.utilisation = 0.01;
  const auto plan = planDesign(smallResidual(), request);
  ASSERT_FALSE(plan);
  EXPECT_THAT(plan.error().remedy, HasSubstr("If 95 % of it may be used"));
  request.utilisation = 0.95;
  EXPECT_TRUE(planDesign(smallResidual(), request));
}

/// The request with one layer folded by hand, each way that it can be.
std::vector<PlanRequest> byHand(const PlanRequest& request, const DesignNetwork& network) {
  std::vector<PlanRequest> requests;
  for (const DesignLayer& layer : network.layers) {
    for (const std::int64_t pe : legalPe(layer)) {
      for (const std::int64_t simd : legalSimd(layer)) {
        requests.push_back(request);
        requests.back().overrides[layer.name].pe = pe;
        requests.back().overrides[layer.name].simd = simd;
      }
    }
  }
  return requests;
}

TEST(DesignPlan, NoLayerFoldedOtherwiseIsFaster) {
  const DesignNetwork network = smallResidual();
  PlanRequest request = on("xc7a35t");
  request.utilisation = 0.2;
  const auto plan = planDesign(network, request);
  ASSERT_TRUE(plan);
  for (const PlanRequest& other : byHand(request, network)) {
    if (const auto changed = findPlan(network, other)) {
      EXPECT_LE(changed->rate(), plan->rate() * (1 + 1e-9));
    }
  }
}

TEST(DesignPlan, NoLayerFoldedOtherwiseIsSmallerAtARate) {
  const DesignNetwork network = smallResidual();
  PlanRequest request = on("xc7a35t");
  request.utilisation = 0.2;
  const auto fastest = planDesign(network, request);
  ASSERT_TRUE(fastest);
  request.frames = 0.6 * fastest->rate();
  const auto plan = planDesign(network, request);
  ASSERT_TRUE(plan);
  const ResourceVector limit = request.utilisation * request.device->totals;
  const double area = distanceTo(plan->estimate.total.value, limit).area;
  for (const PlanRequest& other : byHand(request, network)) {
    const auto changed = findPlan(network, other);
    if (!changed) continue;
    EXPECT_GE(changed->rate(), *request.frames);
    EXPECT_GE(distanceTo(changed->estimate.total.value, limit).area, area - 1e-9);
  }
}

TEST(DesignPlan, TheTightestResource) {
  EXPECT_EQ(tightest({10, 0, 5, 0}, {100, 100, 10, 0}).name, "BRAM");
  EXPECT_DOUBLE_EQ(tightest({10, 0, 5, 0}, {100, 100, 10, 0}).share, 0.5);
  EXPECT_EQ(tightest({10, 0, 0, 1}, {100, 100, 10, 0}).name, "DSP");
}

}  // namespace
}  // namespace a2q::testing
