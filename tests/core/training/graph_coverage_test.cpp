// SPDX-License-Identifier: GPL-3.0-or-later
// Every kind of layer and of connection trains a few steps under every method.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "tests/core/training/tiny_training.h"

namespace a2q::testing {
namespace {

struct Graph {
  const char* name;
  const char* layers;  ///< name|kind|more keys, one layer a line, between input and output
};

constexpr Graph kGraphs[] = {
    {"depthwise", R"(
c1|conv2d|filters=8;kernel=3;padding=1
a1|activation|
dw|conv2d|filters=8;kernel=3;padding=1;groups="depthwise"
b2|batch_norm|
a2|activation|
pw|conv2d|filters=12;kernel=1
b3|batch_norm|
a3|activation|
gap|average_pool|
fc|linear|features=4)"},
    {"residual", R"(
c1|conv2d|filters=6;kernel=3;padding=1
b1|batch_norm|
a1|activation|
c2|conv2d|filters=6;kernel=3;padding=1
b2|batch_norm|
a2|activation|signed=true
skip|activation|input="a1";signed=true;share="a2"
sum|add|inputs=["a2", "skip"]
a3|activation|
c3|conv2d|filters=6;kernel=3
a4|activation|
fc|linear|features=4;bias=true)"},
    {"add_of_three", R"(
c1|conv2d|filters=4;kernel=1
a1|activation|signed=true
c2|conv2d|input="a1";filters=4;kernel=1
a2|activation|signed=true;share="a1"
c3|conv2d|input="a1";filters=4;kernel=1
a3|activation|signed=true;share="a1"
sum|add|inputs=["a1", "a2", "a3"]
c4|conv2d|filters=4;kernel=3;stride=2
a4|activation|
fc|linear|features=4)"},
    {"concat", R"(
c1|conv2d|filters=4;kernel=3;padding=1
a1|activation|
left|conv2d|input="a1";filters=4;kernel=1
la|activation|
right|conv2d|input="a1";filters=6;kernel=3;padding=1
ra|activation|share="la"
both|concat|inputs=["la", "ra"]
c2|conv2d|filters=4;kernel=3
a2|activation|
fc|linear|features=4)"},
    {"resize_and_shuffle", R"(
c1|conv2d|filters=4;kernel=3;stride=2;padding=1
a1|activation|
up|resize_nearest|factor=2
c2|conv2d|filters=16;kernel=3;padding=1
a2|activation|
shuffle|pixel_shuffle|factor=2
c3|conv2d|filters=4;kernel=3;stride=4
a3|activation|
fc|linear|features=4)"},
    {"pools", R"(
c1|conv2d|filters=6;kernel=3;padding=1
b1|batch_norm|
a1|activation|
mean|average_pool|kernel=2
c2|conv2d|filters=6;kernel=3;padding=1
a2|activation|
most|max_pool|kernel=3;stride=2;padding=1
c3|conv2d|filters=6;kernel=1
a3|activation|
last|max_pool|kernel=2
flat|flatten|
fc|linear|features=4)"},
    {"groups_and_bias", R"(
c1|conv2d|filters=8;kernel=[3, 1];padding=[1, 0];bias=true
a1|activation|
c2|conv2d|filters=8;kernel=[1, 3];stride=[2, 1];groups=2;bias=true
b2|batch_norm|epsilon=1e-3;momentum=0.5
a2|activation|
c3|conv2d|filters=8;kernel=1;groups=4
a3|activation|signed=true
fc1|linear|features=8;bias=true
a4|activation|
fc|linear|features=4;bias=true)"},
    {"norm_without_activation", R"(
c1|conv2d|filters=6;kernel=3
b1|batch_norm|
more|max_pool|kernel=2
a1|activation|
c2|conv2d|filters=6;kernel=3
a2|activation|
fc|linear|features=4
b2|batch_norm|)"},
    {"two_readers_of_a_norm", R"(
c1|conv2d|filters=6;kernel=3;padding=1
b1|batch_norm|
a1|activation|
s1|activation|input="b1";share="a1"
both|concat|inputs=["a1", "s1"]
c2|conv2d|filters=6;kernel=3
a2|activation|
fc|linear|features=4)"},
    {"linear_alone", R"(
fc|linear|features=4)"},
};

/// The specification of a graph: 3 × 8 × 8 inputs, four classes.
std::string specificationOf(const Graph& graph, const std::string& method) {
  std::string text =
      "[network]\nname = \"graph\"\n\n"
      "[[layer]]\nname = \"x\"\nkind = \"input\"\nshape = [3, 8, 8]\n";
  const std::string lines = std::string(graph.layers) + "\n";
  for (std::size_t at = 1; at < lines.size();) {
    const std::size_t end = lines.find('\n', at);
    const std::size_t kind = lines.find('|', at) + 1;
    const std::size_t keys = lines.find('|', kind) + 1;
    text += "\n[[layer]]\nname = \"" + lines.substr(at, kind - 1 - at) + "\"\n";
    text += "kind = \"" + lines.substr(kind, keys - 1 - kind) + "\"\n";
    std::string more = lines.substr(keys, end - keys);
    std::replace(more.begin(), more.end(), ';', '\n');
    text += more + "\n";
    at = end + 1;
  }
  text += "\n[[layer]]\nname = \"y\"\nkind = \"output\"\n\n[quant]\nmethod = \"" + method + "\"\n";
  return text + "accumulator_bits = 12\n\n[training]\nepochs = 2\nbatch_size = 8\n";
}

class GraphCoverage : public ::testing::TestWithParam<std::tuple<Graph, const char*>> {
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

std::string caseName(const ::testing::TestParamInfo<std::tuple<Graph, const char*>>& chosen) {
  std::string method = std::get<1>(chosen.param);
  if (method == "a2q+") method = "a2q_plus";
  return std::string(std::get<0>(chosen.param).name) + "_" + method;
}

INSTANTIATE_TEST_SUITE_P(All, GraphCoverage,
                         ::testing::Combine(::testing::ValuesIn(kGraphs),
                                            ::testing::Values("float", "qat", "a2q", "a2q+")),
                         caseName);

Result<RunRecord> trainGraph(const std::string& name, const std::string& method) {
  const auto* graph = std::find_if(std::begin(kGraphs), std::end(kGraphs),
                                   [&](const Graph& each) { return each.name == name; });
  return train(experimentOf(specificationOf(*graph, method)), brightnessData({3, 8, 8}, 4, 24));
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
