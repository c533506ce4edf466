// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/estimate/design_plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

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
  EXPECT_EQ(plan->clock_hz, 140e6);
  EXPECT_DOUBLE_EQ(plan->rate(), 140e6 / static_cast<double>(plan->design.interval));
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

TEST(DesignPlan, WiderAccumulatorsCostMoreInTheSameFolding) {
  const DesignNetwork network = smallResidual();
  const auto narrow = underPolicy(network, AccumulatorPolicy::kTarget);
  const auto wide = underPolicy(network, AccumulatorPolicy::kFixed32);
  const auto plan = planDesign(*narrow, on("xc7z020"));
  ASSERT_TRUE(plan);
  const auto other = withAccumulators(*plan, *wide, ModelKind::kFinn);
  ASSERT_TRUE(other);
  EXPECT_EQ(other->design.folding, plan->design.folding);
  EXPECT_GT(other->estimate.total.value.lut, plan->estimate.total.value.lut);
}

TEST(DesignPlan, WhatDoesNotFitNamesADeviceThatHoldsIt) {
  PlanRequest request = on("ice40hx1k");
  const auto plan = planDesign(smallResidual(), request);
  ASSERT_FALSE(plan);
  EXPECT_EQ(plan.error().code, ErrorCode::kDoesNotFit);
  EXPECT_THAT(plan.error().remedy, HasSubstr("smallest device that holds it is "));
  request = on("xc7a35t");
  request.clock_hz = 100e6;
  request.frames = 1e6;
  const auto fast = planDesign(smallResidual(), request);
  ASSERT_FALSE(fast);
  EXPECT_THAT(fast.error().remedy, HasSubstr("highest rate is"));
}

TEST(DesignPlan, TheTightestResource) {
  EXPECT_EQ(tightest({10, 0, 5, 0}, {100, 100, 10, 0}).name, "BRAM");
  EXPECT_DOUBLE_EQ(tightest({10, 0, 5, 0}, {100, 100, 10, 0}).share, 0.5);
  EXPECT_EQ(tightest({10, 0, 0, 1}, {100, 100, 10, 0}).name, "DSP");
}

}  // namespace
}  // namespace a2q::testing
