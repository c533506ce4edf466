// SPDX-License-Identifier: GPL-3.0-or-later
// Trained networks carried over to other M, N and P.
#include "core/integer/requantize.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <random>

#include "core/integer/lowering.h"
#include "core/network/quant_plan.h"
#include "tests/core/integer/made_network.h"

namespace a2q::testing {
namespace {

Experiment with(Experiment experiment, const char* key, const char* value) {
  return withSetting(experiment, key, value).value();
}

TrainedNetwork changedTo(const TrainedNetwork& trained, const Experiment& after) {
  auto changed = requantize(trained, after);
  if (!changed) throw std::runtime_error(describe(changed.error()));
  return std::move(*changed);
}

Certificate certified(const TrainedNetwork& network) {
  std::vector<IntegerWeights> layers;
  for (const TrainedWeights& weights : network.weights) layers.push_back(weights.integers);
  return certify(layers);
}

const IntegerWeights& integersOf(const TrainedNetwork& network, const std::string& layer) {
  for (const TrainedWeights& weights : network.weights) {
    if (weights.integers.layer == layer) return weights.integers;
  }
  throw std::out_of_range(layer);
}

void expectSameIntegers(const TrainedNetwork& a, const TrainedNetwork& b) {
  ASSERT_EQ(a.weights.size(), b.weights.size());
  for (std::size_t i = 0; i < a.weights.size(); ++i) {
    EXPECT_EQ(a.weights[i].integers.values, b.weights[i].integers.values);
    EXPECT_EQ(a.weights[i].scales, b.weights[i].scales);
  }
}

void expectSameLowered(const TrainedNetwork& a, const TrainedNetwork& b) {
  const IntegerNetwork one = lowerToIntegers(a).value();
  const IntegerNetwork two = lowerToIntegers(b).value();
  ASSERT_EQ(one.nodes.size(), two.nodes.size());
  for (std::size_t i = 0; i < one.nodes.size(); ++i) {
    EXPECT_EQ(one.nodes[i].range, two.nodes[i].range);
    EXPECT_EQ(one.nodes[i].scale, two.nodes[i].scale);
    if (const auto* left = std::get_if<Thresholds>(&one.nodes[i].operation)) {
      EXPECT_EQ(left->values, std::get<Thresholds>(two.nodes[i].operation).values);
    }
    if (const auto* left = std::get_if<DotProduct>(&one.nodes[i].operation)) {
      EXPECT_EQ(left->weights.values, std::get<DotProduct>(two.nodes[i].operation).weights.values);
    }
    if (const auto* left = std::get_if<Scores>(&one.nodes[i].operation)) {
      EXPECT_EQ(left->multipliers, std::get<Scores>(two.nodes[i].operation).multipliers);
      EXPECT_EQ(left->offsets, std::get<Scores>(two.nodes[i].operation).offsets);
    }
  }
}

class Requantize : public ::testing::TestWithParam<const char*> {
 protected:
  Experiment experiment = with(madeExperiment(), "quant.method", GetParam());
  TrainedNetwork trained = madeNetwork(experiment, 7);
};

TEST_P(Requantize, AnUnchangedPlanChangesNothing) {
  const TrainedNetwork same = changedTo(trained, experiment);
  expectSameIntegers(trained, same);
  expectSameLowered(trained, same);
}

TEST_P(Requantize, MoreBitsChangeNoInteger) {
  Experiment wider = with(experiment, "quant.accumulator_bits", "18");
  wider = with(wider, "quant.weight_bits", "8");
  const TrainedNetwork changed = changedTo(trained, wider);
  expectSameIntegers(trained, changed);
  EXPECT_EQ(integersOf(changed, "fc").weight_bits, BitWidth{8});
  EXPECT_EQ(integersOf(changed, "fc").accumulator, BitWidth{18});
}

TEST_P(Requantize, FewerWeightBitsScaleTheLargestWeightToTheLimit) {
  const TrainedNetwork changed =
      changedTo(trained, with(with(experiment, "quant.method", "qat"), "quant.weight_bits", "3"));
  const IntegerWeights& before = integersOf(trained, "fc");
  const IntegerWeights& after = integersOf(changed, "fc");
  for (std::int64_t c = 2; c < after.channels; ++c) {
    const auto at = static_cast<std::size_t>(c);
    double largest = 0;
    for (const std::int32_t q : before.channel(c)) largest = std::max<double>(largest, std::abs(q));
    ASSERT_GT(largest, 3) << "the test needs weights that leave ±3";
    EXPECT_NEAR(changed.weights[2].scales[at] * 3, trained.weights[2].scales[at] * largest, 1e-12);
    for (std::size_t i = 0; i < after.channel(c).size(); ++i) {
      const double exact = before.channel(c)[i] * 3 / largest;
      EXPECT_EQ(after.channel(c)[i], std::nearbyint(exact)) << "QAT rounds to the nearest";
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Methods, Requantize, ::testing::Values("\"qat\"", "\"a2q\"", "\"a2q+\""));

class Budgets : public ::testing::TestWithParam<std::tuple<const char*, const char*, const char*>> {
};

/// From any method to any budget: every channel keeps it, decided with integers.
TEST_P(Budgets, EveryChannelKeepsItsNewBudget) {
  const auto [from, to, bits] = GetParam();
  const TrainedNetwork trained = madeNetwork(with(madeExperiment(), "quant.method", from), 3);
  Experiment after = with(madeExperiment(), "quant.method", to);
  after.quant.accumulator_bits = {std::stoi(bits)};
  after.quant.first.accumulator_bits = BitWidth{14};
  const TrainedNetwork changed = changedTo(trained, after);
  const Certificate certificate = certified(changed);
  EXPECT_TRUE(certificate.safe());
  for (const LayerBound& layer : certificate.layers) {
    ASSERT_TRUE(layer.budget);
    for (const ChannelBound& channel : layer.channels) {
      EXPECT_TRUE(layer.budget->allows(channel.sums.l1())) << layer.layer;
    }
    EXPECT_EQ(layer.channels[0].sums, SignedSums{}) << "a channel of zeros stays zero";
  }
  const LayerBound& hidden = certificate.layers[2];
  if (after.quant.accumulator_bits.bits > 8) {
    EXPECT_GT(hidden.channels[hidden.worst].sums.l1(), 0);
  }
}

INSTANTIATE_TEST_SUITE_P(FromTo, Budgets,
                         ::testing::Combine(::testing::Values("\"qat\"", "\"a2q\"", "\"a2q+\""),
                                            ::testing::Values("\"a2q\"", "\"a2q+\""),
                                            ::testing::Values("8", "10", "12")));

/// θ by bisection: Σ max(|x| − θ, 0) = radius, the condition that defines the projection.
double thresholdByBisection(const std::vector<double>& x, double radius) {
  const auto left = [&](double threshold) {
    double sum = 0;
    for (const double value : x) sum += std::max(std::abs(value) - threshold, 0.0);
    return sum;
  };
  if (left(0) <= radius) return 0;
  double low = 0;
  double high = 1e6;
  for (int i = 0; i < 200; ++i) {
    const double middle = (low + high) / 2;
    (left(middle) > radius ? low : high) = middle;
  }
  return high;
}

/// Integers of the projection of w, found without the code under test; empty where a value lies
/// so close to an integer that rounding may fall either way.
std::vector<std::int32_t> oracle(std::vector<double> x, double radius, bool centred) {
  if (centred) {
    const double mean = std::accumulate(x.begin(), x.end(), 0.0) / static_cast<double>(x.size());
    for (double& value : x) value -= mean;
  }
  const double threshold = thresholdByBisection(x, radius);
  std::vector<std::int32_t> out;
  for (const double value : x) {
    const double size = std::max(std::abs(value) - threshold, 0.0);
    if (size > 1e-6 && std::abs(size - std::round(size)) < 1e-6) return {};
    out.push_back(static_cast<std::int32_t>(std::copysign(std::floor(size), value)));
  }
  return out;
}

TEST(Projection, IsTheNearestPointOfTheBall) {
  for (const char* method : {"\"a2q\"", "\"a2q+\""}) {
    const bool centred = std::string(method) == "\"a2q+\"";
    const TrainedNetwork trained =
        madeNetwork(with(madeExperiment(), "quant.method", "\"qat\""), 5);
    Experiment after = with(madeExperiment(), "quant.method", method);
    after.quant.accumulator_bits = {13};
    const IntegerWeights& before = integersOf(trained, "fc");
    const TrainedNetwork changed = changedTo(trained, after);
    const IntegerWeights& result = integersOf(changed, "fc");
    ASSERT_EQ(result.rule, centred ? L1Rule::kA2qPlus : L1Rule::kA2q);
    const double radius = l1Budget(*result.rule, {13}, result.input_format).value();
    int compared = 0;
    for (std::int64_t c = 1; c < result.channels; ++c) {
      const auto row = before.channel(c);
      const auto expected = oracle({row.begin(), row.end()}, radius, centred);
      if (expected.empty()) continue;
      ++compared;
      const std::vector<std::int32_t> found(result.channel(c).begin(), result.channel(c).end());
      const AccumulatorRange range = exactRange(signedSums(expected), result.input_range);
      if (AccumulatorSpec{{13}}.holds(range.low, range.high)) {
        EXPECT_EQ(found, expected);
        continue;
      }
      // Rounding toward zero has unbalanced S⁺ and S⁻: the exact sums made the row smaller still.
      EXPECT_TRUE(centred);
      for (std::size_t i = 0; i < found.size(); ++i) {
        EXPECT_LE(std::abs(found[i]), std::abs(expected[i]));
        EXPECT_GE(found[i] * expected[i], 0);
      }
    }
    EXPECT_GT(compared, 5) << method;
  }
}

/// No point of the ball on a fine grid is nearer to a small row than what the threshold gives.
TEST(Projection, NoPointOfAGridIsNearer) {
  const std::vector<double> x{5, -3, 1};
  const double radius = 4.5;
  const double threshold = thresholdByBisection(x, radius);
  const auto distance = [&](double a, double b, double c) {
    return std::hypot(a - x[0], b - x[1], c - x[2]);
  };
  const double found = distance(5 - threshold, -3 + threshold, std::max(1 - threshold, 0.0));
  for (double a = -radius; a <= radius; a += 0.05) {
    for (double b = -radius; b <= radius; b += 0.05) {
      const double rest = radius - std::abs(a) - std::abs(b);
      if (rest < 0) continue;
      EXPECT_GE(distance(a, b, std::min(rest, 1.0)), found - 1e-9);
    }
  }
}

TEST(Centring, TakesTheMeanAwayButForDepthwiseLayers) {
  const TrainedNetwork trained = madeNetwork(with(madeExperiment(), "quant.method", "\"qat\""), 5);
  const TrainedNetwork changed =
      changedTo(trained, with(madeExperiment(), "quant.method", "\"a2q+\""));
  for (const std::int32_t q : integersOf(changed, "fc").channel(1)) {
    EXPECT_EQ(q, 0) << "a constant channel has nothing left";
  }
  EXPECT_EQ(integersOf(changed, "deep").rule, L1Rule::kA2q);
  for (const std::int32_t q : integersOf(changed, "deep").channel(1)) {
    EXPECT_EQ(q, 1) << "a depthwise channel is not centred";
  }
}

TEST(Activations, KeepTheirClippingRange) {
  const TrainedNetwork trained = madeNetwork(madeExperiment(), 5);
  const TrainedNetwork changed =
      changedTo(trained, with(madeExperiment(), "quant.layers.act2.activation_bits", "2"));
  const TrainedActivation& before = trained.activations[1];
  const TrainedActivation& after = changed.activations[1];
  EXPECT_EQ(after.format.width, BitWidth{2});
  EXPECT_DOUBLE_EQ(after.scale * 3, before.scale * 15);
  EXPECT_EQ(changed.activations[0].scale, trained.activations[0].scale);
  EXPECT_EQ(integersOf(changed, "fc").input_range, (IntegerRange{0, 3}));
  EXPECT_EQ(integersOf(changed, "fc").values, integersOf(trained, "fc").values)
      << "a smaller N only widens the budget";
  EXPECT_TRUE(lowerToIntegers(changed));
}

TEST(Activations, MoreBitsTightenTheBudget) {
  const TrainedNetwork trained = madeNetwork(madeExperiment(), 5);
  const TrainedNetwork changed =
      changedTo(trained, with(madeExperiment(), "quant.layers.act2.activation_bits", "8"));
  EXPECT_TRUE(certified(changed).safe());
  EXPECT_NE(integersOf(changed, "fc").values, integersOf(trained, "fc").values);
}

TEST(Errors, SayWhatCannotBeCarriedOver) {
  const TrainedNetwork trained = madeNetwork(madeExperiment(), 5);
  Experiment other = madeExperiment();
  std::get<LinearLayer>(other.network.layers[7].kind).features = 3;
  EXPECT_EQ(requantize(trained, other).error().code, ErrorCode::kSpecValue);
  Experiment floats = madeExperiment();
  floats.quant.method = QuantMethod::kFloat;
  EXPECT_EQ(requantize(trained, floats).error().code, ErrorCode::kNotLowered);
  Experiment narrow = madeExperiment();
  narrow.quant.accumulator_bits = {4};
  EXPECT_EQ(requantize(trained, narrow).error().code, ErrorCode::kAccumulatorTooSmall);
}

}  // namespace
}  // namespace a2q::testing
