// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/design/design_network.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/hw_backend/design/design_samples.h"

namespace a2q::testing {
namespace {

using ::testing::HasSubstr;
using Op = DesignOperation;

const DesignLayer& layerOf(const DesignNetwork& network, std::string_view name) {
  for (const DesignLayer& layer : network.layers) {
    if (layer.name == name) return layer;
  }
  throw std::runtime_error(std::string(name));
}

TEST(DesignNetwork, ThresholdsJoinTheProductsThatOnlyTheyRead) {
  const DesignNetwork network = smallResidual();
  EXPECT_EQ(network.layers.size(), 8U);
  EXPECT_TRUE(layerOf(network, "conv_a").thresholds);
  EXPECT_EQ(layerOf(network, "conv_a").readers, 2U);
  EXPECT_EQ(layerOf(network, "act_skip").operation, Op::kThresholds);
  // 4 unsigned bits compared as signed ones.
  EXPECT_EQ(layerOf(network, "act_skip").accumulator.bits, 5);
  const DesignLayer& add = layerOf(network, "add");
  EXPECT_EQ(add.operation, Op::kAdd);
  EXPECT_EQ(add.output_format, (IntegerFormat{{5}, Signedness::kSigned}));
}

TEST(DesignNetwork, PoolsAndWholePlanes) {
  const DesignNetwork network = smallResidual();
  const DesignLayer& pool = layerOf(network, "pool");
  EXPECT_TRUE(pool.sums);
  EXPECT_EQ(pool.taps(), 64);
  EXPECT_EQ(pool.output_format, (IntegerFormat{{10}, Signedness::kUnsigned}));
  const DesignLayer& fc = layerOf(network, "fc");
  EXPECT_EQ(fc.matrixWidth(), 4);
  EXPECT_FALSE(fc.hasWindow());
  EXPECT_FALSE(fc.thresholds);
  EXPECT_EQ(fc.readers, 0U);
}

TEST(DesignNetwork, LayersWithoutABlockAreNamed) {
  const char* input = R"(
[[layer]]
name = "in"
kind = "input"
shape = [4, 8, 8]
bits = 4
)";
  const char* rest = R"(
[[layer]]
name = "fc"
kind = "linear"
features = 2
[[layer]]
name = "out"
kind = "output"
)";
  const auto grouped = tryNetworkOf(std::string(input) + R"(
[[layer]]
name = "conv"
kind = "conv2d"
filters = 8
kernel = 3
groups = 2
[[layer]]
name = "act"
kind = "activation"
)" + rest);
  ASSERT_FALSE(grouped);
  EXPECT_EQ(grouped.error().code, ErrorCode::kNotInLibrary);
  EXPECT_THAT(grouped.error().message, HasSubstr("'conv'"));
  EXPECT_THAT(grouped.error().cause, HasSubstr("2 groups over 4 channels to 8"));
  // A window is padded with zeros, which are no identity of a maximum of signed codes.
  const auto padded = tryNetworkOf(std::string(input) + R"(signed = true
[[layer]]
name = "pool"
kind = "max_pool"
kernel = 3
stride = 2
padding = 1
)" + rest);
  ASSERT_FALSE(padded);
  EXPECT_EQ(padded.error().code, ErrorCode::kNotInLibrary);
  EXPECT_THAT(padded.error().cause, HasSubstr("padded with zeros"));
}

TEST(DesignNetwork, PoliciesGiveTheWidths) {
  const DesignNetwork network = smallResidual();
  const auto fixed = underPolicy(network, AccumulatorPolicy::kFixed32);
  const auto type = underPolicy(network, AccumulatorPolicy::kDataType);
  const auto target = underPolicy(network, AccumulatorPolicy::kTarget);
  ASSERT_TRUE(fixed && type && target);
  EXPECT_EQ(layerOf(*fixed, "conv_b").accumulator.bits, 32);
  const BitWidth bound = dataTypeBound(36, {4}, {{4}, Signedness::kUnsigned});
  EXPECT_EQ(layerOf(*type, "conv_b").accumulator, bound);
  EXPECT_EQ(layerOf(*target, "conv_b").accumulator.bits, 12);
  // The first layer's target of 16 bits is more than its types ask for; the last one has none.
  EXPECT_EQ(layerOf(*target, "conv_a").accumulator, std::min(bound, BitWidth{16}));
  EXPECT_EQ(layerOf(*target, "fc").accumulator, layerOf(*type, "fc").choice.data_type);
  EXPECT_EQ(layerOf(*fixed, "fc").output_format.width.bits, 32);
  const auto minimised = underPolicy(network, AccumulatorPolicy::kMinimised);
  ASSERT_FALSE(minimised);
  EXPECT_THAT(minimised.error().message, HasSubstr("trained weights"));
}

TEST(DesignNetwork, EverySampleOfThisProgramHasADesign) {
  int designs = 0;
  for (const auto& entry : std::filesystem::directory_iterator(A2Q_PROJECTS_DIR)) {
    if (entry.path().extension() != ".toml") continue;
    const auto experiment = readExperiment(entry.path());
    ASSERT_TRUE(experiment) << describe(experiment.error());
    const auto network = designNetwork(*experiment);
    EXPECT_TRUE(network) << describe(network.error());
    ++designs;
  }
  EXPECT_GE(designs, 14);
}

/// A lowered network of one dot product and thresholds.
IntegerNetwork loweredPair() {
  IntegerNetwork network{"pair", {}};
  const IntegerFormat codes{{2}, Signedness::kUnsigned};
  network.nodes.push_back({"in",
                           CodeInput{InputLayer{{2, 1, 1}, codes, 1, 0, 1}},
                           {},
                           {2, 1, 1},
                           rangeOf(codes),
                           1.0,
                           0});
  DotProduct dot;
  dot.weights.layer = "fc";
  dot.weights.channels = 1;
  dot.weights.k = 2;
  dot.weights.weight_bits = {3};
  dot.weights.input_format = codes;
  dot.weights.input_range = rangeOf(codes);
  dot.weights.accumulator = BitWidth{8};
  dot.weights.values = {3, -2};
  dot.kernel = {1, 1};
  network.nodes.push_back({"fc", dot, {0}, {1, 1, 1}, {-6, 9}, {}, 1});
  network.nodes.push_back(
      {"act", Thresholds{codes, {1, 2, 3}}, {1}, {1, 1, 1}, rangeOf(codes), 1.0, 2});
  return network;
}

TEST(DesignNetwork, NothingToBuildIsSaid) {
  const std::string input = R"(
[[layer]]
name = "in"
kind = "input"
shape = [1, 4, 4]
bits = 8
)";
  const std::string output = R"(
[[layer]]
name = "out"
kind = "output"
)";
  for (const std::string between : {"", R"(
[[layer]]
name = "flat"
kind = "flatten"
)"}) {
    const auto network = tryNetworkOf(input + between + output);
    ASSERT_FALSE(network);
    EXPECT_EQ(network.error().code, ErrorCode::kNotInLibrary);
    EXPECT_EQ(network.error().message, "the network has no layer to build");
    EXPECT_THAT(network.error().remedy, HasSubstr("Add a layer"));
  }
  IntegerNetwork lowered = loweredPair();
  lowered.nodes.resize(1);
  EXPECT_EQ(designNetwork(lowered).error().message, "the network has no layer to build");
}

TEST(DesignNetwork, LoweredNetworksKnowTheirExactRange) {
  IntegerNetwork lowered = loweredPair();
  auto network = designNetwork(lowered);
  ASSERT_TRUE(network);
  ASSERT_EQ(network->layers.size(), 2U);
  EXPECT_TRUE(network->trained);
  // −6 … 9 needs 5 bits. QAT was not trained for its P, so there is no a2q.
  const auto minimised = underPolicy(*network, AccumulatorPolicy::kMinimised);
  ASSERT_TRUE(minimised);
  EXPECT_EQ(minimised->layers[1].accumulator.bits, 5);
  EXPECT_FALSE(underPolicy(*network, AccumulatorPolicy::kTarget));
  std::get<DotProduct>(lowered.nodes[1].operation).weights.rule = L1Rule::kA2q;
  network = designNetwork(lowered);
  const auto target = underPolicy(*network, AccumulatorPolicy::kTarget);
  ASSERT_TRUE(target);
  EXPECT_EQ(target->layers[1].accumulator.bits, 5);
}

/// −T of a threshold T is stored, and −(−8) does not fit the 4 bits that −8 … 7 would take.
TEST(DesignNetwork, AThresholdAtTheLeastSumTakesABitMore) {
  IntegerNetwork lowered = loweredPair();
  auto& weights = std::get<DotProduct>(lowered.nodes[1].operation).weights;
  weights.weight_bits = {4};
  weights.input_range = {0, 2};
  weights.values = {3, -4};
  lowered.nodes[1].range = {-8, 6};
  for (const std::int64_t least : {-8, -7}) {
    std::get<Thresholds>(lowered.nodes[2].operation).values = {least, 0, 7};
    const auto network = designNetwork(lowered);
    ASSERT_TRUE(network);
    const auto minimised = underPolicy(*network, AccumulatorPolicy::kMinimised);
    ASSERT_TRUE(minimised);
    EXPECT_EQ(minimised->layers[1].accumulator.bits, least == -8 ? 5 : 4);
    EXPECT_EQ(minimised->layers[1].nodes, (std::vector<std::size_t>{1, 2}));
  }
}

}  // namespace
}  // namespace a2q::testing
