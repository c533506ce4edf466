// SPDX-License-Identifier: GPL-3.0-or-later
// The fast engine against the reference: every level of kernels that this processor has, every
// kind of dot product, with and without a probe.
#include "core/integer/fast/fast_engine.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "network_builder.h"

namespace a2q {
namespace {

using testing::DotShape;
using testing::NetworkBuilder;
using testing::randomCodes;
using testing::randomWeights;

constexpr IntegerFormat kFourBits{{4}, Signedness::kUnsigned};

/// A level and a kernel to ask for.
struct Choice {
  KernelLevel level;
  std::optional<DotKernel> kernel;
};

std::string nameOf(const Choice& choice) {
  constexpr const char* kKernels[] = {"Dense", "ByteSums", "Taps", "Wide"};
  constexpr const char* kLevels[] = {"Portable", "Avx2", "Avx512Vnni"};
  return std::string(kLevels[static_cast<int>(choice.level)]) +
         (choice.kernel ? kKernels[static_cast<int>(*choice.kernel)] : "Chosen");
}

std::vector<Choice> allChoices() {
  std::vector<Choice> choices;
  for (const auto level : {KernelLevel::kPortable, KernelLevel::kAvx2, KernelLevel::kAvx512Vnni}) {
    choices.push_back({level, std::nullopt});
    for (const auto kernel :
         {DotKernel::kDense, DotKernel::kByteSums, DotKernel::kTaps, DotKernel::kWide}) {
      choices.push_back({level, kernel});
    }
  }
  return choices;
}

/// Runs a network both ways and compares the result and the value of every node.
void expectSame(const IntegerNetwork& network, const std::vector<std::int32_t>& codes,
                std::int64_t samples, const Shape& shape, const Choice& choice, int threads = 2) {
  std::vector<IntegerTensor> expected(network.nodes.size());
  ReferenceEngine reference(network);
  const IntegerProbe keep = [&](std::size_t node, const IntegerTensor& value) {
    expected[node] = value;
  };
  const IntegerTensor result = reference.run(codes, samples, shape, &keep);

  FastEngine fast(network, {.threads = threads, .level = choice.level, .kernel = choice.kernel});
  const IntegerTensor same = fast.run(codes, samples, shape);
  ASSERT_EQ(same.shape, result.shape);
  ASSERT_EQ(same.samples, samples);
  EXPECT_EQ(same.values, result.values);

  std::size_t seen = 0;
  const IntegerProbe compare = [&](std::size_t node, const IntegerTensor& value) {
    EXPECT_EQ(node, seen++);
    EXPECT_EQ(value.shape, expected[node].shape) << network.nodes[node].name;
    EXPECT_EQ(value.values, expected[node].values) << network.nodes[node].name;
  };
  EXPECT_EQ(fast.run(codes, samples, shape, &compare).values, result.values);
  EXPECT_EQ(seen, network.nodes.size());
}

class FastEngineTest : public ::testing::TestWithParam<Choice> {
 protected:
  void SetUp() override {
    if (!isAvailable(GetParam().level)) GTEST_SKIP() << "this processor has no such kernels";
  }
  std::mt19937 random_{7};

  int between(int low, int high) { return std::uniform_int_distribution<>(low, high)(random_); }
};

TEST_P(FastEngineTest, RandomLayers) {
  for (int round = 0; round < 40; ++round) {
    const IntegerFormat input{{between(1, 8)},
                              between(0, 1) == 1 ? Signedness::kSigned : Signedness::kUnsigned};
    DotShape dot;
    dot.groups = between(0, 2) == 0 ? between(1, 3) : 1;
    const std::int64_t channels = dot.groups * between(1, 9);
    const Shape shape{channels, between(3, 9), between(3, 9)};
    dot.filters = dot.groups * between(1, 7);
    dot.kernel = {between(1, 3), between(1, 3)};
    dot.stride = {between(1, 2), between(1, 2)};
    dot.padding = {between(0, 1), between(0, 2)};
    const BitWidth bits{between(2, 8)};
    NetworkBuilder builder(shape, input);
    builder.dot(dot, bits, randomWeights(random_, bits, between(1, 10) / 10.0));
    if (round % 4 != 0) builder.thresholds({{between(1, 8)}, input.sign}, random_);
    const Shape& sums = builder.network().nodes.back().output;
    if (round % 4 == 2 && sums.height > 1 && sums.width > 1) {
      builder.pool({PoolOperation::kMaximum, {2, 2}, {2, 2}});
    }
    const std::int64_t samples = between(1, 70);
    SCOPED_TRACE(round);
    expectSame(builder.network(), randomCodes(random_, input, samples * shape.size()), samples,
               shape, GetParam(), 1 + round % 2);
    if (HasFailure()) return;
  }
}

TEST_P(FastEngineTest, DepthwiseLayers) {
  for (const std::int64_t stride : {1, 2}) {
    const Shape shape{13, 7, 6};
    NetworkBuilder builder(shape, kFourBits);
    builder.dot({13, {3, 3}, {stride, stride}, {1, 1}, 13}, {4}, randomWeights(random_, {4}, 0.8));
    builder.thresholds(kFourBits, random_);
    builder.dot({9, {1, 1}, {1, 1}, {0, 0}, 1}, {4}, randomWeights(random_, {4}, 0.3));
    builder.thresholds(kFourBits, random_);
    expectSame(builder.network(), randomCodes(random_, kFourBits, 67 * shape.size()), 67, shape,
               GetParam());
  }
}

/// All ends: largest and smallest codes with largest and smallest weights, where multiplications of
/// pairs would saturate at 16 bits, and the witnesses that attain both ends of each channel.
TEST_P(FastEngineTest, WorstCases) {
  for (const Signedness sign : {Signedness::kUnsigned, Signedness::kSigned}) {
    for (const int bits : {4, 8}) {
      const IntegerFormat input{{bits}, sign};
      const std::int64_t k = 75;
      const Shape shape{k, 1, 1};
      NetworkBuilder builder(shape, input);
      const auto limit = static_cast<std::int32_t>(weightLimit({bits}));
      builder.dot({6}, {bits}, [&](std::int64_t c, std::int64_t i) {
        const std::int32_t mixed[] = {limit,
                                      -limit,
                                      i % 2 == 0 ? limit : -limit,
                                      static_cast<std::int32_t>(between(-limit, limit)),
                                      0,
                                      i < 2 ? limit : 0};
        return mixed[c];
      });
      const auto& weights = std::get<DotProduct>(builder.network().nodes[1].operation).weights;
      std::vector<std::int32_t> codes;
      for (std::int64_t c = 0; c < 6; ++c) {
        for (const WitnessSide side : {WitnessSide::kLow, WitnessSide::kHigh}) {
          const Witness witness = witnessOf(weights.channel(c), rangeOf(input), side);
          for (const std::int64_t code : witness.inputs) {
            codes.push_back(static_cast<std::int32_t>(code));
          }
        }
      }
      for (const std::int64_t code : {input.minimum(), input.maximum(), std::int64_t{0}}) {
        codes.insert(codes.end(), static_cast<std::size_t>(k), static_cast<std::int32_t>(code));
      }
      SCOPED_TRACE(bits);
      expectSame(builder.network(), codes, 15, shape, GetParam());
    }
  }
}

/// Sums that just fit 16 bits: where kernels of 16 bits are allowed to their last integer.
TEST_P(FastEngineTest, EndsOfSixteenBits) {
  for (const std::int32_t extra : {0, 1, 2, 3}) {
    const IntegerFormat input{{8}, Signedness::kUnsigned};
    const Shape shape{130, 1, 1};  // 255 · 128 = 32640, and 127 are left
    NetworkBuilder builder(shape, input);
    builder.dot({4}, {8}, [&](std::int64_t c, std::int64_t i) {
      const std::int32_t weight = i < 128 + extra - 1 ? 1 : 0;
      return c % 2 == 0 ? weight : -weight;
    });
    builder.thresholds(kFourBits, random_);
    std::vector<std::int32_t> codes(static_cast<std::size_t>(3 * 130), 255);
    std::fill_n(codes.begin(), 130, 254);
    expectSame(builder.network(), codes, 3, shape, GetParam());
  }
}

/// Everything that networks are made of, beside each other.
TEST_P(FastEngineTest, AllOperations) {
  const Shape shape{5, 8, 8};
  const IntegerFormat input{{8}, Signedness::kSigned};
  for (const std::int64_t samples : {1, 16, 33, 130}) {
    NetworkBuilder builder(shape, input);
    builder.dot({8, {3, 3}, {1, 1}, {1, 1}}, {8}, randomWeights(random_, {8}, 1));
    const auto stem = builder.thresholds(kFourBits, random_);
    builder.dot({8, {3, 3}, {1, 1}, {1, 1}}, {4}, randomWeights(random_, {4}, 0.1));
    const auto branch = builder.thresholds(kFourBits, random_);
    builder.sum({stem, branch});
    const auto added = builder.thresholds({{3}, Signedness::kSigned}, random_);
    builder.pool({PoolOperation::kMaximum, {3, 3}, {2, 2}, {1, 1}});
    builder.resize(2);
    builder.concat({static_cast<std::size_t>(stem), added, builder.resize(1)});
    builder.dot({12, {1, 1}}, {4}, randomWeights(random_, {4}, 0.5));
    builder.thresholds(kFourBits, random_);
    builder.pixelShuffle(2);
    builder.pool({PoolOperation::kSum, {4, 4}, {4, 4}});
    builder.dot({10, {2, 2}, {2, 2}}, {4}, randomWeights(random_, {4}, 0.7));
    builder.thresholds({{8}, Signedness::kUnsigned}, random_);
    builder.pool({PoolOperation::kMaximum, {2, 2}, {2, 2}});
    builder.flatten();
    builder.dot({7}, {8}, randomWeights(random_, {8}, 0.9));
    builder.scores(random_);
    expectSame(builder.network(), randomCodes(random_, input, samples * shape.size()), samples,
               shape, GetParam());
  }
}

/// Codes, weights and sums beyond what the fast kernels hold.
TEST_P(FastEngineTest, WideIntegers) {
  const IntegerFormat input{{12}, Signedness::kSigned};
  const Shape shape{3, 4, 4};
  NetworkBuilder builder(shape, input);
  builder.dot({4, {3, 3}, {1, 1}, {1, 1}}, {16}, randomWeights(random_, {16}, 1));
  builder.thresholds({{10}, Signedness::kUnsigned}, random_);
  builder.dot({4, {1, 1}}, {30}, randomWeights(random_, {30}, 1));
  builder.thresholds({{6}, Signedness::kUnsigned}, random_);
  builder.dot({4, {1, 1}}, {12}, randomWeights(random_, {12}, 1));
  builder.dot({4, {1, 1}}, {4}, randomWeights(random_, {4}, 1));
  builder.scores(random_);
  expectSame(builder.network(), randomCodes(random_, input, 20 * shape.size()), 20, shape,
             GetParam());
}

/// A network of convolutions takes images of any size, one after the other.
TEST_P(FastEngineTest, OtherSizes) {
  NetworkBuilder builder({3, 6, 6}, kFourBits);
  builder.dot({12, {5, 5}, {1, 1}, {2, 2}}, {4}, randomWeights(random_, {4}, 0.3));
  builder.thresholds(kFourBits, random_);
  builder.pixelShuffle(2);
  FastEngine fast(builder.network(),
                  {.threads = 2, .level = GetParam().level, .kernel = GetParam().kernel});
  ReferenceEngine reference(builder.network());
  for (const Shape& shape : {Shape{3, 6, 6}, Shape{3, 9, 31}, Shape{3, 5, 4}}) {
    const auto codes = randomCodes(random_, kFourBits, 2 * shape.size());
    EXPECT_EQ(fast.run(codes, 2, shape).values, reference.run(codes, 2, shape).values);
  }
}

INSTANTIATE_TEST_SUITE_P(Kernels, FastEngineTest, ::testing::ValuesIn(allChoices()),
                         [](const auto& instance) { return nameOf(instance.param); });

TEST(FastEngine, ReportsItsKernels) {
  std::mt19937 random(1);
  NetworkBuilder builder({16, 8, 8}, kFourBits);
  builder.dot({16, {3, 3}}, {4}, randomWeights(random, {4}, 1));
  builder.thresholds(kFourBits, random);
  builder.dot({16, {3, 3}}, {2}, randomWeights(random, {2}, 0.05));
  builder.thresholds(kFourBits, random);
  builder.pool({PoolOperation::kMaximum, {2, 2}, {2, 2}});
  const std::vector<std::string> kernels = FastEngine(builder.network()).kernels();
  ASSERT_EQ(kernels.size(), 6U);
  EXPECT_TRUE(kernels[1].starts_with("dense")) << kernels[1];
  EXPECT_EQ(kernels[2], "with node1");
  EXPECT_TRUE(kernels[3].starts_with("byte sums")) << kernels[3];
  EXPECT_EQ(kernels[5], "with node3");
}

}  // namespace
}  // namespace a2q
