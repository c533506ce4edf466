// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/estimate/policy_plan.h"

#include <gtest/gtest.h>

#include "core/network/sample_experiment.h"

namespace a2q {
namespace {

DesignNetwork sample() {
  return designNetwork(parseExperiment(sampleSpecification(), "sample").value()).value();
}

PlanRequest on(const char* device) {
  PlanRequest request;
  request.device = findDevice(device).value();
  return request;
}

Certificate certificateOf(const DesignNetwork& network, int bits) {
  Certificate certificate;
  for (const DesignLayer& layer : network.layers) {
    if (!layer.hasWeights()) continue;
    LayerBound bound;
    bound.layer = layer.name;
    bound.smallest = BitWidth{bits};
    certificate.layers.push_back(bound);
  }
  return certificate;
}

TEST(PolicyPlan, TheMainPlanIsItsOwnPolicy) {
  const DesignNetwork network = sample();
  const auto policy = narrowestPolicy(network);
  EXPECT_EQ(policy, AccumulatorPolicy::kTarget);
  const auto request = on("pynq-z2");
  const DesignPlan main = planDesign(underPolicy(network, policy).value(), request).value();
  const PolicyPlan same = planPolicy(network, request, policy, main, policy);
  EXPECT_EQ(same.same_folding->estimate.total.value, main.estimate.total.value);
  EXPECT_EQ(same.own_folding->design.folding, main.design.folding);
  const PolicyPlan wide = planPolicy(network, request, AccumulatorPolicy::kFixed32, main, policy);
  EXPECT_EQ(wide.same_folding->design.folding, main.design.folding);
  EXPECT_GT(wide.same_folding->estimate.total.value.lut, main.estimate.total.value.lut);
  const PolicyPlan unknown =
      planPolicy(network, request, AccumulatorPolicy::kMinimised, main, policy);
  EXPECT_FALSE(unknown.same_folding.has_value());
  EXPECT_EQ(unknown.error->code, ErrorCode::kUsage);
}

TEST(PolicyPlan, TheSmallestIsThereWhereNothingFits) {
  const DesignNetwork network = sample();
  const auto request = on("ice40hx1k");
  ASSERT_FALSE(planDesign(network, request).has_value());
  const auto smallest = smallestPlan(network, request);
  ASSERT_TRUE(smallest.has_value());
  EXPECT_GT(tightest(smallest->estimate.total.value, request.device->totals).share, 1);
}

TEST(PolicyPlan, ExactRangesAreFoundByName) {
  const DesignNetwork network = sample();
  Certificate certificate = certificateOf(network, 9);
  const DesignNetwork known = withExactRanges(network, certificate);
  EXPECT_TRUE(known.trained);
  const auto minimised = underPolicy(known, AccumulatorPolicy::kMinimised);
  ASSERT_TRUE(minimised.has_value());
  for (const DesignLayer& layer : minimised->layers) {
    if (layer.hasWeights()) {
      EXPECT_EQ(layer.accumulator, BitWidth{9});
    }
  }
  certificate.layers.pop_back();
  EXPECT_FALSE(withExactRanges(network, certificate).trained);
}

}  // namespace
}  // namespace a2q
