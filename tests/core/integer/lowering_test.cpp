// SPDX-License-Identifier: GPL-3.0-or-later
// Integers give the codes of the trained network: every kind of graph and method, batch norms of
// both signs, every bit width.
#include <gtest/gtest.h>

#include "core/integer/verification.h"
#include "tests/core/integer/lowered.h"
#include "tests/core/training/graph_cases.h"
#include "tests/core/training/tiny_training.h"

namespace a2q::testing {
namespace {

Verification verified(const Experiment& experiment, const std::vector<NamedTensor>& parameters,
                      std::uint32_t seed) {
  const IntegerNetwork network = loweredOf(experiment, parameters);
  ReferenceEngine engine(network, {}, 2);
  auto tracer = openTrainer().value()->openTracer(experiment, parameters, {"cpu", 2});
  if (!tracer) throw std::runtime_error(describe(tracer.error()));
  Verifier verifier(network, engine, **tracer);
  constexpr std::int64_t kSamples = 40;
  const auto codes = randomCodes(network, kSamples, seed);
  const Status added = verifier.add(codes, kSamples, network.nodes.front().output);
  EXPECT_TRUE(added) << describe(added.error());
  return verifier.result();
}

void expectEqual(const Verification& result) {
  EXPECT_GT(result.samples, 0);
  for (const LayerAgreement& layer : result.layers) {
    EXPECT_GT(layer.codes, 0) << layer.layer;
    EXPECT_EQ(layer.mismatches, 0) << layer.layer;
    EXPECT_LE(layer.farthest_from_tie, kFloatTolerance) << layer.layer;
  }
  EXPECT_TRUE(result.holds());
}

class LoweredGraph : public ::testing::TestWithParam<std::tuple<GraphCase, const char*>> {};

TEST_P(LoweredGraph, GivesTheCodesOfTheTrainedNetwork) {
  const auto& [graph, method] = GetParam();
  const Experiment experiment = experimentOf(specificationOf(graph, method));
  const auto record = train(experiment, brightnessData({3, 8, 8}, 4, 24));
  ASSERT_TRUE(record) << describe(record.error());
  expectEqual(verified(experiment, record->parameters, 1));
  for (std::uint32_t seed = 0; seed < 4; ++seed) {
    expectEqual(verified(experiment, scrambled(record->parameters, seed), seed));
  }
}

std::string caseName(const ::testing::TestParamInfo<std::tuple<GraphCase, const char*>>& chosen) {
  std::string method = std::get<1>(chosen.param);
  if (method == "a2q+") method = "a2q_plus";
  return std::string(std::get<0>(chosen.param).name) + "_" + method;
}

INSTANTIATE_TEST_SUITE_P(All, LoweredGraph,
                         ::testing::Combine(::testing::ValuesIn(graphCases()),
                                            ::testing::Values("qat", "a2q", "a2q+")),
                         caseName);

TEST(Lowering, EveryWidthOfCodesAndWeights) {
  for (int bits = 2; bits <= 8; ++bits) {
    Experiment experiment = experimentOf(specificationOf(graphCase("residual"), "qat"));
    experiment.quant.weight_bits = {bits};
    experiment.quant.activation_bits = {bits};
    const auto record = train(experiment, brightnessData({3, 8, 8}, 4, 24));
    ASSERT_TRUE(record) << describe(record.error());
    expectEqual(verified(experiment, scrambled(record->parameters, 7), 7));
  }
}

TEST(Lowering, AFloatNetworkHasNoIntegers) {
  const Experiment experiment = experimentOf(specificationOf(graphCase("concat"), "float"));
  const auto record = train(experiment, brightnessData({3, 8, 8}, 4, 24));
  ASSERT_TRUE(record) << describe(record.error());
  const auto trained = openTrainer().value()->integers(experiment, record->parameters);
  ASSERT_FALSE(trained);
  EXPECT_EQ(trained.error().code, ErrorCode::kNotLowered);
}

TEST(Lowering, NothingComparedIsNothingVerified) { EXPECT_FALSE(Verification{}.holds()); }

TEST(Lowering, ANetworkThatWasChangedIsFoundOut) {
  const Experiment experiment = experimentOf(specificationOf(graphCase("concat"), "a2q"));
  const auto record = train(experiment, brightnessData({3, 8, 8}, 4, 24));
  ASSERT_TRUE(record) << describe(record.error());
  IntegerNetwork network = loweredOf(experiment, record->parameters);
  for (IntegerNode& node : network.nodes) {
    if (node.name != "ra") continue;
    // Channel 2 of `ra` gives every code one too early.
    auto& thresholds = std::get<Thresholds>(node.operation);
    const auto levels = thresholds.levels();
    for (std::int64_t i = 2 * levels; i < 3 * levels; ++i) {
      thresholds.values[static_cast<std::size_t>(i)] = node.range.minimum - 1000000;
    }
  }
  ReferenceEngine engine(network, {}, 2);
  auto tracer = openTrainer().value()->openTracer(experiment, record->parameters, {"cpu", 2});
  ASSERT_TRUE(tracer) << describe(tracer.error());
  Verifier verifier(network, engine, **tracer);
  const auto codes = randomCodes(network, 3, 5);
  ASSERT_TRUE(verifier.add(codes, 3, network.nodes.front().output));
  const Verification& result = verifier.result();
  EXPECT_FALSE(result.holds());
  ASSERT_TRUE(result.first);
  EXPECT_EQ(result.first->layer, "ra");
  EXPECT_EQ(result.first->channel, 2);
  EXPECT_EQ(result.first->integer, 15);
  EXPECT_LT(result.first->trained, 15);
}

}  // namespace
}  // namespace a2q::testing
