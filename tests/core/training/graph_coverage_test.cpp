// SPDX-License-Identifier: GPL-3.0-or-later
// Every kind of layer and of connection trains a few steps under every method.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "tests/core/training/graph_cases.h"
#include "tests/core/training/tiny_training.h"

namespace a2q::testing {
namespace {

class GraphCoverage : public ::testing::TestWithParam<std::tuple<GraphCase, const char*>> {
 protected:
  static constexpr Shape kInput{3, 8, 8};
};

TEST_P(GraphCoverage, TrainsAFewSteps) {
  const auto& [graph, method] = GetParam();
  const Experiment experiment = experimentOf(specificationOf(graph, method));
  Recorder recorder;
  const auto record = train(experiment, brightnessData(kInput, 4, 24), recorder);
  ASSERT_TRUE(record) << describe(record.error());
  EXPECT_EQ(record->state, RunState::kFinished) << record->state_cause;
  EXPECT_EQ(recorder.steps.size(), 6U);
  for (const StepReport& step : recorder.steps) EXPECT_TRUE(std::isfinite(step.loss));
  for (const EpochRecord& epoch : record->epochs) EXPECT_TRUE(std::isfinite(epoch.test_loss));
  EXPECT_TRUE(parametersFinite(*record));
  if (std::string_view(method).starts_with("a2q")) {
    EXPECT_TRUE(record->certificate.safe());
  }
}

std::string caseName(const ::testing::TestParamInfo<std::tuple<GraphCase, const char*>>& chosen) {
  std::string method = std::get<1>(chosen.param);
  if (method == "a2q+") method = "a2q_plus";
  return std::string(std::get<0>(chosen.param).name) + "_" + method;
}

INSTANTIATE_TEST_SUITE_P(All, GraphCoverage,
                         ::testing::Combine(::testing::ValuesIn(graphCases()),
                                            ::testing::Values("float", "qat", "a2q", "a2q+")),
                         caseName);

Result<RunRecord> trainGraph(const std::string& name, const std::string& method) {
  return train(experimentOf(specificationOf(graphCase(name), method)),
               brightnessData({3, 8, 8}, 4, 24));
}

const IntegerWeights& layerOf(const RunRecord& record, const std::string& name) {
  return *std::find_if(record.weights.begin(), record.weights.end(),
                       [&](const IntegerWeights& weights) { return weights.layer == name; });
}

TEST(GraphRules, DepthwiseFallsBackToA2q) {
  const auto record = trainGraph("depthwise", "a2q+");
  ASSERT_TRUE(record) << describe(record.error());
  EXPECT_EQ(layerOf(*record, "dw").rule, L1Rule::kA2q);
  EXPECT_EQ(layerOf(*record, "pw").rule, L1Rule::kA2qPlus);
  EXPECT_EQ(layerOf(*record, "dw").k, 9);
  EXPECT_EQ(layerOf(*record, "dw").channels, 8);
}

TEST(GraphRules, GroupsShortenTheDotProduct) {
  const auto record = trainGraph("groups_and_bias", "a2q");
  ASSERT_TRUE(record) << describe(record.error());
  EXPECT_EQ(layerOf(*record, "c1").k, 3 * 3);
  EXPECT_EQ(layerOf(*record, "c2").k, 8 / 2 * 3);
  EXPECT_EQ(layerOf(*record, "c3").k, 8 / 4);
}

TEST(GraphRules, SharedScaleIsOneParameter) {
  const auto record = trainGraph("residual", "a2q");
  ASSERT_TRUE(record) << describe(record.error());
  EXPECT_NO_THROW((void)parameter(*record, "a2.d"));
  EXPECT_THROW((void)parameter(*record, "skip.d"), std::out_of_range);
}

// The codes behind a sum of two are wider than those of one: exact ranges must know it.
TEST(GraphRules, SumsAndMeansWidenTheInputRange) {
  const auto sum = trainGraph("add_of_three", "a2q");
  ASSERT_TRUE(sum) << describe(sum.error());
  EXPECT_EQ(layerOf(*sum, "c4").input_range.maximum, 3 * 7);
  EXPECT_EQ(layerOf(*sum, "c4").input_range.minimum, 3 * -8);
  const auto mean = trainGraph("pools", "a2q");
  ASSERT_TRUE(mean) << describe(mean.error());
  EXPECT_EQ(layerOf(*mean, "c2").input_range.maximum, 4 * 15);
}

// A zero-centred channel sums to zero exactly only before rounding, so the sums of each side may
// differ a little; the budget of the rule holds all the same.
TEST(GraphRules, ZeroCentredChannelsKeepTheLargerBudget) {
  const auto record = trainGraph("concat", "a2q+");
  ASSERT_TRUE(record) << describe(record.error());
  for (const LayerBound& layer : record->certificate.layers) {
    if (!layer.budget) continue;
    for (const ChannelBound& channel : layer.channels) {
      EXPECT_LE(channel.sums.l1(), layer.budget->floor()) << layer.layer;
      EXPECT_TRUE(channel.safe) << layer.layer;
    }
  }
}

}  // namespace
}  // namespace a2q::testing
