// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/quant_plan.h"

#include <gmock/gmock.h>

#include "tests/core/network/network_builder.h"

namespace a2q {
namespace {

using testing::conv;
using ::testing::HasSubstr;
using testing::NetworkBuilder;
using testing::pool;
using testing::signedActivation;

Result<QuantPlan> planOf(const NetworkSpec& network, const QuantSpec& quant) {
  auto graph = inferShapes(network);
  if (!graph) return tl::make_unexpected(graph.error());
  return planQuantization(network, *graph, quant);
}

/// Three convolutions with activations between them: first, hidden ("c2") and last.
NetworkSpec threeLayers() {
  return NetworkBuilder({3, 8, 8})
      .then("c1", conv(4, 3, 1))
      .then("a1", ActivationLayer{})
      .then("c2", conv(4, 3, 1))
      .then("a2", ActivationLayer{})
      .then("c3", conv(4, 3, 1))
      .done();
}

/// The plan of the hidden layer whose input is made by `middle` from a 4-bit activation "a1".
Result<WeightPlan> hiddenAfter(NetworkBuilder& middle) {
  NetworkSpec network = middle.then("hidden", LinearLayer{5})
                            .then("a9", ActivationLayer{})
                            .then("last", LinearLayer{2})
                            .done();
  QuantSpec quant;
  quant.accumulator_bits = {32};
  auto plan = planOf(network, quant);
  if (!plan) return tl::make_unexpected(plan.error());
  return plan->weights[plan->weights.size() - 2];
}

NetworkBuilder fourBitCodes() {
  NetworkBuilder builder({2, 8, 8});
  builder.then("c1", conv(4, 1)).then("a1", ActivationLayer{});
  return builder;
}

TEST(QuantPlan, DefaultsEdgesAndHiddenLayers) {
  const auto plan = planOf(threeLayers(), {});
  ASSERT_TRUE(plan) << describe(plan.error());
  ASSERT_EQ(plan->weights.size(), 3u);
  const WeightPlan& first = plan->weights[0];
  const WeightPlan& hidden = plan->weights[1];
  const WeightPlan& last = plan->weights[2];
  EXPECT_EQ(first.method, QuantMethod::kQat);
  EXPECT_EQ(first.weight_bits, BitWidth{8});
  EXPECT_EQ(first.accumulator, std::nullopt);
  EXPECT_EQ(first.input_format, (IntegerFormat{{8}, Signedness::kUnsigned}));
  EXPECT_EQ(first.k, 27);
  EXPECT_EQ(hidden.method, QuantMethod::kA2q);
  EXPECT_EQ(hidden.weight_bits, BitWidth{4});
  EXPECT_EQ(hidden.accumulator, BitWidth{16});
  EXPECT_EQ(hidden.rule, L1Rule::kA2q);
  EXPECT_EQ(hidden.input_format, (IntegerFormat{{4}, Signedness::kUnsigned}));
  EXPECT_EQ(hidden.channels, 4);
  EXPECT_EQ(last.method, QuantMethod::kQat);
  EXPECT_EQ(last.input_format.width, BitWidth{8});
  EXPECT_EQ(last.rule, std::nullopt);
  ASSERT_EQ(plan->activations.size(), 2u);
  EXPECT_EQ(plan->activations[1].format.width, BitWidth{8});
}

TEST(QuantPlan, EdgesWithAnAccumulatorFollowTheNetwork) {
  QuantSpec quant;
  quant.method = QuantMethod::kA2qPlus;
  quant.first.accumulator_bits = BitWidth{20};
  quant.layers["c3"].accumulator_bits = BitWidth{24};
  const auto plan = planOf(threeLayers(), quant);
  ASSERT_TRUE(plan) << describe(plan.error());
  EXPECT_EQ(plan->weights[0].method, QuantMethod::kA2qPlus);
  EXPECT_EQ(plan->weights[0].accumulator, BitWidth{20});
  EXPECT_EQ(plan->weights[0].rule, L1Rule::kA2qPlus);
  EXPECT_EQ(plan->weights[2].method, QuantMethod::kA2qPlus);
  EXPECT_EQ(plan->weights[2].accumulator, BitWidth{24});
}

TEST(QuantPlan, QatNetworksReportAgainstP) {
  QuantSpec quant;
  quant.method = QuantMethod::kQat;
  quant.accumulator_bits = {4};
  const auto plan = planOf(threeLayers(), quant);
  ASSERT_TRUE(plan) << describe(plan.error());
  EXPECT_EQ(plan->weights[0].accumulator, std::nullopt);
  EXPECT_EQ(plan->weights[1].accumulator, BitWidth{4});
  EXPECT_EQ(plan->weights[1].rule, std::nullopt);
}

TEST(QuantPlan, FloatNetworksHaveNoTargets) {
  QuantSpec quant;
  quant.method = QuantMethod::kFloat;
  quant.first.accumulator_bits = BitWidth{20};
  const auto bare = NetworkBuilder({3, 8, 8})
                        .then("c1", conv(4, 3))
                        .then("a", ActivationLayer{})
                        .then("c2", conv(4, 3))
                        .done();
  const auto plan = planOf(bare, quant);
  ASSERT_TRUE(plan) << describe(plan.error());
  for (const WeightPlan& weights : plan->weights) {
    EXPECT_EQ(weights.method, QuantMethod::kFloat);
    EXPECT_EQ(weights.accumulator, std::nullopt);
  }
  EXPECT_TRUE(plan->activations.empty());
}

TEST(QuantPlan, OverridesByName) {
  QuantSpec quant;
  quant.layers["c2"] = {{}, BitWidth{3}, {}, BitWidth{12}};
  quant.layers["a1"].activation_bits = BitWidth{2};
  auto plan = planOf(threeLayers(), quant);
  ASSERT_TRUE(plan) << describe(plan.error());
  EXPECT_EQ(plan->weights[1].weight_bits, BitWidth{3});
  EXPECT_EQ(plan->weights[1].accumulator, BitWidth{12});
  EXPECT_EQ(plan->weights[1].input_format.width, BitWidth{2});
  quant.layers["c2"] = {QuantMethod::kQat, {}, {}, {}};
  plan = planOf(threeLayers(), quant);
  EXPECT_EQ(plan->weights[1].accumulator, std::nullopt);
  quant.layers["c2"].accumulator_bits = BitWidth{12};
  plan = planOf(threeLayers(), quant);
  EXPECT_EQ(plan->weights[1].accumulator, BitWidth{12});
  EXPECT_EQ(plan->weights[1].rule, std::nullopt);
}

TEST(QuantPlan, FollowsCodesThroughTheGraph) {
  const auto bits = [](NetworkBuilder builder) {
    const auto hidden = hiddenAfter(builder);
    EXPECT_TRUE(hidden) << describe(hidden.error());
    return hidden ? hidden->input_format : IntegerFormat{};
  };
  const auto unsigned_bits = [](int n) { return IntegerFormat{{n}, Signedness::kUnsigned}; };
  EXPECT_EQ(bits(fourBitCodes().then("p", pool(PoolKind::kMax, 2, 2))), unsigned_bits(4));
  EXPECT_EQ(bits(fourBitCodes().then("p", ResizeLayer{2})), unsigned_bits(4));
  EXPECT_EQ(bits(fourBitCodes().then("p", PixelShuffleLayer{2})), unsigned_bits(4));
  EXPECT_EQ(bits(fourBitCodes().then("p", FlattenLayer{})), unsigned_bits(4));
  EXPECT_EQ(bits(fourBitCodes().add("p", ConcatLayer{}, {"a1", "a1"})), unsigned_bits(4));
  // 15 · 4 = 60 and 15 · 64 = 960.
  EXPECT_EQ(bits(fourBitCodes().then("p", pool(PoolKind::kAverage, 2, 2))), unsigned_bits(6));
  EXPECT_EQ(bits(fourBitCodes().then("p", pool(PoolKind::kAverage, 0, 1))), unsigned_bits(10));
  EXPECT_EQ(bits(fourBitCodes().add("p", AddLayer{}, {"a1", "a1", "a1"})), unsigned_bits(6));
}

TEST(QuantPlan, AddsSignedRangesOfOneScale) {
  NetworkBuilder builder({2, 8, 8});
  builder.then("c1", conv(2, 1))
      .then("a1", signedActivation())
      .add("a2", signedActivation("a1"), {"x"})
      .add("s", AddLayer{}, {"a1", "a2"});
  const auto hidden = hiddenAfter(builder);
  ASSERT_TRUE(hidden) << describe(hidden.error());
  EXPECT_EQ(hidden->input_range, (IntegerRange{-16, 14}));
  EXPECT_EQ(hidden->input_format, (IntegerFormat{{5}, Signedness::kSigned}));
}

TEST(QuantPlan, RefusesSumsOfDifferentScales) {
  NetworkBuilder builder({2, 8, 8});
  builder.then("c1", conv(2, 1))
      .then("a1", signedActivation())
      .add("a2", signedActivation(), {"x"})
      .add("s", AddLayer{}, {"a1", "a2"});
  const auto hidden = hiddenAfter(builder);
  ASSERT_FALSE(hidden);
  EXPECT_THAT(hidden.error().cause, HasSubstr("different scales"));
}

TEST(QuantPlan, RefusesUnquantizedInputs) {
  NetworkBuilder builder({2, 8, 8});
  builder.then("c1", conv(2, 1)).then("bn", BatchNormLayer{});
  const auto hidden = hiddenAfter(builder);
  ASSERT_FALSE(hidden);
  EXPECT_EQ(hidden.error().code, ErrorCode::kSpecValue);
  EXPECT_THAT(hidden.error().message, HasSubstr("the input of layer 'hidden' is not quantized"));
  EXPECT_THAT(hidden.error().cause, HasSubstr("'bn' (batch_norm)"));
}

TEST(QuantPlan, RefusesCodesThatGrowWithoutEnd) {
  NetworkBuilder builder = fourBitCodes();
  std::string before = "a1";
  for (int i = 0; i < 100; ++i) {
    const std::string name = "s" + std::to_string(i);
    builder.add(name, AddLayer{}, {before, before});
    before = name;
  }
  const auto hidden = hiddenAfter(builder);
  ASSERT_FALSE(hidden);
  EXPECT_THAT(hidden.error().cause, HasSubstr("more than 32 bits"));
}

TEST(QuantPlan, RefusesQuantizersThatShareButDiffer) {
  const auto shared = [](Signedness sign) {
    return NetworkBuilder({2, 8, 8})
        .then("c1", conv(2, 1))
        .then("a1", signedActivation())
        .add("a2", ActivationLayer{sign, "a1"}, {"x"})
        .add("s", AddLayer{}, {"a1", "a2"})
        .done();
  };
  EXPECT_TRUE(planOf(shared(Signedness::kSigned), {}));
  const auto signs = planOf(shared(Signedness::kUnsigned), {});
  ASSERT_FALSE(signs);
  EXPECT_THAT(signs.error().message, HasSubstr("differ in sign"));
  QuantSpec quant;
  quant.layers["a2"].activation_bits = BitWidth{7};
  const auto bits = planOf(shared(Signedness::kSigned), quant);
  ASSERT_FALSE(bits);
  EXPECT_THAT(bits.error().message, HasSubstr("differ in bits"));
  quant.layers["a1"].activation_bits = BitWidth{7};
  EXPECT_TRUE(planOf(shared(Signedness::kSigned), quant));
}

TEST(QuantPlan, NamesTheLeastUsefulAccumulator) {
  QuantSpec quant;
  quant.accumulator_bits = {5};
  const auto plan = planOf(threeLayers(), quant);
  ASSERT_FALSE(plan);
  EXPECT_EQ(plan.error().code, ErrorCode::kAccumulatorTooSmall);
  EXPECT_THAT(plan.error().message, HasSubstr("'c2'"));
  EXPECT_THAT(plan.error().message, HasSubstr("P = 5"));
  EXPECT_THAT(plan.error().message, HasSubstr("N = 4"));
  // (2^(P−1) − 1)/16 ≥ 1 needs P = 6.
  EXPECT_THAT(plan.error().cause, HasSubstr("0.938"));
  EXPECT_THAT(plan.error().remedy, HasSubstr("to 6 or more"));
  quant.accumulator_bits = {6};
  EXPECT_TRUE(planOf(threeLayers(), quant));
}

TEST(QuantPlan, RefusesBitsOutOfRange) {
  const auto code_of = [](auto change) {
    QuantSpec quant;
    change(quant);
    const auto plan = planOf(threeLayers(), quant);
    return plan ? ErrorCode::kInternal : plan.error().code;
  };
  using Q = QuantSpec;
  EXPECT_EQ(code_of([](Q& q) { q.weight_bits = {1}; }), ErrorCode::kSpecValue);
  EXPECT_EQ(code_of([](Q& q) { q.weight_bits = {17}; }), ErrorCode::kSpecValue);
  EXPECT_EQ(code_of([](Q& q) { q.activation_bits = {0}; }), ErrorCode::kSpecValue);
  EXPECT_EQ(code_of([](Q& q) { q.activation_bits = {17}; }), ErrorCode::kSpecValue);
  EXPECT_EQ(code_of([](Q& q) { q.accumulator_bits = {3}; }), ErrorCode::kSpecValue);
  EXPECT_EQ(code_of([](Q& q) { q.accumulator_bits = {65}; }), ErrorCode::kSpecValue);
  EXPECT_EQ(code_of([](Q& q) { q.last.activation_bits = {-1}; }), ErrorCode::kSpecValue);
  EXPECT_EQ(code_of([](Q& q) { q.first.accumulator_bits = BitWidth{99}; }), ErrorCode::kSpecValue);
  EXPECT_EQ(code_of([](Q& q) { q.layers["c2"].weight_bits = BitWidth{0}; }), ErrorCode::kSpecValue);
}

TEST(QuantPlan, RefusesOverridesThatDoNotFit) {
  const auto error_of = [](const std::string& layer, QuantOverride change) {
    QuantSpec quant;
    quant.layers[layer] = change;
    const auto plan = planOf(threeLayers(), quant);
    EXPECT_FALSE(plan);
    return plan ? Error{} : plan.error();
  };
  const Error unknown = error_of("c22", {{}, BitWidth{3}, {}, {}});
  EXPECT_EQ(unknown.code, ErrorCode::kGraphReference);
  EXPECT_THAT(unknown.remedy, HasSubstr("Did you mean 'c2'?"));
  EXPECT_THAT(error_of("c2", {{}, {}, BitWidth{3}, {}}).message,
              HasSubstr("takes no 'activation_bits'"));
  EXPECT_THAT(error_of("a1", {{}, BitWidth{3}, {}, {}}).message,
              HasSubstr("takes no 'weight_bits'"));
  EXPECT_THAT(error_of("a1", {QuantMethod::kQat, {}, {}, {}}).message, HasSubstr("no 'method'"));
  EXPECT_THAT(error_of("c2", {QuantMethod::kFloat, {}, {}, {}}).cause, HasSubstr("do not mix"));
  EXPECT_THAT(error_of("c1", {QuantMethod::kA2q, {}, {}, {}}).message,
              HasSubstr("no accumulator to train for"));
}

TEST(QuantPlan, DepthwiseFallsBackToTheRuleOfA2q) {
  QuantSpec quant;
  quant.method = QuantMethod::kA2qPlus;
  const auto plan = planOf(NetworkBuilder({4, 8, 8})
                               .then("c1", conv(4, 1))
                               .then("a1", ActivationLayer{})
                               .then("depth", conv(8, 3, 1, 1, 4))
                               .then("a2", ActivationLayer{})
                               .then("grouped", conv(8, 3, 1, 1, 4))
                               .then("a3", ActivationLayer{})
                               .then("c3", conv(4, 1))
                               .done(),
                           quant);
  ASSERT_TRUE(plan) << describe(plan.error());
  EXPECT_EQ(plan->weights[1].rule, L1Rule::kA2q);
  EXPECT_EQ(plan->weights[1].method, QuantMethod::kA2qPlus);
  EXPECT_EQ(plan->weights[2].rule, L1Rule::kA2qPlus);
  EXPECT_EQ(plan->weights[2].k, 18);
}

TEST(QuantPlan, DepthwiseTakesTheRuleThatIsAskedForByName) {
  QuantSpec quant;
  quant.layers["depth"].method = QuantMethod::kA2qPlus;
  const auto plan = planOf(NetworkBuilder({4, 8, 8})
                               .then("c1", conv(4, 1))
                               .then("a1", ActivationLayer{})
                               .then("depth", conv(8, 3, 1, 1, 4))
                               .then("a2", ActivationLayer{})
                               .then("c3", conv(4, 1))
                               .done(),
                           quant);
  ASSERT_TRUE(plan) << describe(plan.error());
  EXPECT_EQ(plan->weights[1].rule, L1Rule::kA2qPlus);
}

TEST(QuantPlan, OfANetworkWithoutWeights) {
  const auto plan = planOf(NetworkBuilder().then("a", ActivationLayer{}).done(), {});
  ASSERT_TRUE(plan);
  EXPECT_TRUE(plan->weights.empty());
  EXPECT_EQ(plan->activations.size(), 1u);
}

}  // namespace
}  // namespace a2q
