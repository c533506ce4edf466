// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/quant/weight_quantizer.h"

#include <gtest/gtest.h>
#include <torch/torch.h>

#include <cmath>
#include <vector>

#include "core/bounds/accumulator_bounds.h"
#include "core/quant/l1_projection.h"
#include "core/quant/weight_reference.h"

namespace a2q {
namespace {

using torch::Tensor;

constexpr IntegerFormat kFourBitInputs{{4}, Signedness::kUnsigned};

struct MethodCase {
  QuantMethod method;
  const char* name;
};
constexpr MethodCase kMethods[] = {
    {QuantMethod::kQat, "qat"}, {QuantMethod::kA2q, "a2q"}, {QuantMethod::kA2qPlus, "a2q+"}};

WeightRule ruleFor(QuantMethod method, int p = 12) {
  return makeWeightRule(method, {4}, kFourBitInputs, BitWidth{p});
}

/// Parameters as a network has them after initialisation, moved a little.
WeightParameters parametersFor(const WeightRule& rule, std::vector<std::int64_t> shape,
                               torch::ScalarType type = torch::kFloat32) {
  WeightParameters parameters;
  parameters.v = torch::randn(shape, type) * 0.2;
  parameters.d = torch::empty({shape[0]}, type);
  if (rule.constrained()) parameters.t = torch::empty({shape[0]}, type);
  initialiseScales(parameters, rule);
  parameters.d += 0.1 * torch::randn({shape[0]}, type);
  if (parameters.t.defined()) parameters.t += 0.3 * torch::randn({shape[0]}, type);
  for (Tensor* tensor : {&parameters.v, &parameters.d, &parameters.t}) {
    if (tensor->defined()) tensor->requires_grad_();
  }
  return parameters;
}

/// The largest difference relative to the largest value.
double difference(const Tensor& a, const Tensor& b) {
  const double scale = std::max(1e-12, b.abs().max().item<double>());
  return (a - b).abs().max().item<double>() / scale;
}

class WeightQuantizer : public testing::TestWithParam<MethodCase> {
 protected:
  void SetUp() override { torch::manual_seed(7); }
  WeightRule rule_ = ruleFor(GetParam().method);
};

INSTANTIATE_TEST_SUITE_P(Methods, WeightQuantizer, testing::ValuesIn(kMethods),
                         [](const auto& chosen) {
                           return std::string(chosen.param.method == QuantMethod::kA2qPlus
                                                  ? "a2q_plus"
                                                  : chosen.param.name);
                         });

TEST_P(WeightQuantizer, FusedPassesEqualTensorOperations) {
  for (const auto type : {torch::kFloat32, torch::kFloat64}) {
    for (const std::int64_t k : {1, 3, 9, 16, 17, 150, 576}) {
      const WeightParameters parameters = parametersFor(rule_, {6, k}, type);
      const QuantizedWeight fused = quantizeWeight(parameters, rule_);
      const QuantizedWeight plain = reference::quantize(parameters, rule_);
      // A sum in another order may move a value over an integer: rarely, and by one step.
      const Tensor steps = (integerWeights(fused) - integerWeights(plain)).abs();
      EXPECT_LE(steps.max().item<int>(), 1) << "K = " << k;
      EXPECT_LE(steps.sum().item<int>(), 1) << "K = " << k;
      const Tensor r = torch::randn(parameters.v.sizes(), type);
      fused.w.backward(r);
      const WeightParameters gradients = reference::backward(parameters.v, r, fused.stats, rule_);
      // For small K the terms of ∂v cancel: measure against what goes in.
      const Tensor error = (parameters.v.grad() - gradients.v).abs();
      EXPECT_LT(error.max().item<double>(), 2e-5 * r.abs().max().item<double>()) << "K = " << k;
      EXPECT_LT(difference(parameters.d.grad(), gradients.d), 2e-4) << "K = " << k;
      if (parameters.t.defined()) {
        EXPECT_LT(difference(parameters.t.grad(), gradients.t), 2e-4) << "K = " << k;
      }
    }
  }
}

/// w without its rounding, in terms of the parameters: what the straight-through gradients differ
/// from by the rounding alone. `offset` = q − x is held fixed.
Tensor smoothWeight(const WeightParameters& p, const WeightRule& rule, const Tensor& offset,
                    const Tensor& inside, const Tensor& clipped) {
  const Tensor s = p.d.exp2().unsqueeze(1);
  if (!rule.constrained()) {
    return torch::where(inside, p.v / s + offset, clipped) * s;
  }
  const Tensor u = rule.centred() ? p.v - p.v.mean(1, true) : p.v;
  const Tensor g = p.t.exp2().unsqueeze(1);
  const Tensor c = (g / s).clamp_max(rule.budget);
  const Tensor x = u * c / u.abs().sum(1, true);
  return torch::where(inside, x + offset, clipped) * s;
}

TEST_P(WeightQuantizer, GradientsEqualFiniteDifferencesOfTheSmoothPart) {
  const WeightParameters p = parametersFor(rule_, {4, 24}, torch::kFloat64);
  const QuantizedWeight quantized = quantizeWeight(p, rule_);
  const Tensor r = torch::randn(p.v.sizes(), torch::kFloat64);
  quantized.w.backward(r);

  const torch::NoGradGuard guard;
  const Tensor q = integerWeights(quantized).to(torch::kFloat64);
  const Tensor zero = torch::zeros_like(q);
  const Tensor all = torch::ones_like(q).to(torch::kBool);
  const Tensor s = p.d.exp2().unsqueeze(1);
  const Tensor x = smoothWeight(p, rule_, zero, all, zero) / s;
  const Tensor inside =
      rule_.constrained() ? x.abs() < rule_.limit + 1 : x.round().abs() <= rule_.limit;
  const auto loss = [&] {
    return (smoothWeight(p, rule_, q - x, inside, q) * r).sum().item<double>();
  };
  const auto check = [&](Tensor parameter, const Tensor& gradient, const char* what) {
    constexpr double kStep = 1e-6;
    Tensor values = parameter.detach().view({-1});
    const Tensor found = gradient.reshape({-1});
    for (std::int64_t i = 0; i < values.numel(); ++i) {
      const double before = values[i].item<double>();
      values[i] = before + kStep;
      const double up = loss();
      values[i] = before - kStep;
      const double down = loss();
      values[i] = before;
      const double expected = (up - down) / (2 * kStep);
      EXPECT_NEAR(found[i].item<double>(), expected, 1e-6 * std::max(1.0, std::abs(expected)))
          << what << "[" << i << "]";
    }
  };
  check(p.v, p.v.grad(), "v");
  check(p.d, p.d.grad(), "d");
  if (p.t.defined()) check(p.t, p.t.grad(), "t");
}

TEST_P(WeightQuantizer, DegenerateChannelsGiveZeroAndFiniteGradients) {
  WeightParameters p = parametersFor(rule_, {3, 20});
  {
    const torch::NoGradGuard guard;
    p.v[0].zero_();
    p.v[1].fill_(0.25);
    initialiseScales(p, rule_);
  }
  const QuantizedWeight quantized = quantizeWeight(p, rule_);
  quantized.w.backward(torch::randn(p.v.sizes()));
  EXPECT_EQ(integerWeights(quantized)[0].abs().sum().item<int>(), 0);
  if (rule_.centred()) {
    EXPECT_EQ(integerWeights(quantized)[1].abs().sum().item<int>(), 0);
  }
  for (const Tensor& parameter : {p.v, p.d, p.t}) {
    if (!parameter.defined()) continue;
    EXPECT_TRUE(parameter.grad().isfinite().all().item<bool>());
  }
}

TEST_P(WeightQuantizer, ChannelsLastGivesTheSameIntegers) {
  const WeightParameters plain = parametersFor(rule_, {8, 6, 3, 3});
  WeightParameters last = plain;
  last.v = plain.v.detach().contiguous(at::MemoryFormat::ChannelsLast).requires_grad_();
  const QuantizedWeight a = quantizeWeight(plain, rule_);
  const QuantizedWeight b = quantizeWeight(last, rule_);
  EXPECT_TRUE(b.w.is_contiguous(at::MemoryFormat::ChannelsLast));
  const Tensor steps = (integerWeights(a) - integerWeights(b)).abs();
  EXPECT_LE(steps.sum().item<int>(), 2);
  const Tensor r = torch::randn(plain.v.sizes());  // in another memory order than the weights
  b.w.backward(r);
  const WeightParameters expected = reference::backward(last.v, r, b.stats, rule_);
  EXPECT_LT(difference(last.v.grad(), expected.v), 2e-5);
}

TEST(WeightGuarantee, HoldsForEveryAccumulatorWhateverTheFloatsDo) {
  torch::manual_seed(3);
  for (const QuantMethod method : {QuantMethod::kA2q, QuantMethod::kA2qPlus}) {
    for (const Signedness sign : {Signedness::kUnsigned, Signedness::kSigned}) {
      for (int p = 6; p <= 32; ++p) {
        const IntegerFormat inputs{{4}, sign};
        const WeightRule rule = makeWeightRule(method, {8}, inputs, BitWidth{p});
        WeightParameters parameters = parametersFor(rule, {5, 333});
        {
          const torch::NoGradGuard guard;
          parameters.t.add_(20);  // far above the bound: the budget is spent to the last integer
          parameters.v[0] = parameters.v[0].sign();  // equal sizes: sums sit on integers
          parameters.v[1] = torch::arange(333) % 2 * 2 - 1;
        }
        const Tensor q = integerWeights(quantizeWeight(parameters, rule));
        for (std::int64_t c = 0; c < 5; ++c) {
          const std::span row(q.data_ptr<std::int32_t>() + c * 333, 333);
          const AccumulatorRange range = exactRange(signedSums(row), rangeOf(inputs));
          EXPECT_TRUE(AccumulatorSpec{{p}}.holds(range.low, range.high))
              << "P = " << p << ", channel " << c;
        }
      }
    }
  }
}

TEST(WeightGuarantee, IntegersHaveTheLastWordWhereFloatsRoundUp) {
  // P = 27, signed 4-bit inputs: T = 2^23 − 1/8. Over 2^16 equal weights |x| is 128·(1 − 2^−26),
  // which single precision rounds to 128: the sum would be 2^23 and −8·(−2^23) = 2^26 overflows.
  const IntegerFormat inputs{{4}, Signedness::kSigned};
  const WeightRule rule = makeWeightRule(QuantMethod::kA2q, {9}, inputs, BitWidth{27});
  const WeightParameters parameters{torch::full({1, 65536}, -1.0F), torch::zeros({1}),
                                    torch::full({1}, 40.0F)};
  for (const bool fused : {true, false}) {
    const QuantizedWeight quantized =
        fused ? quantizeWeight(parameters, rule) : reference::quantize(parameters, rule);
    const auto sum = quantized.stats[0][WeightStats::kNegative].item<double>();
    EXPECT_LE(8 * sum, (1 << 26) - 1);
    EXPECT_EQ(integerWeights(quantized)[0][0].item<int>(), -127);
  }
}

TEST(WeightGuarantee, NotANumberEndsInsideTheBudget) {
  const WeightRule rule = ruleFor(QuantMethod::kA2q);
  WeightParameters p = parametersFor(rule, {2, 10});
  {
    const torch::NoGradGuard guard;
    p.v[0][3] = std::nan("");
  }
  const QuantizedWeight quantized = quantizeWeight(p, rule);
  EXPECT_EQ(quantized.stats[0][WeightStats::kPositive].item<double>(), 0);
}

TEST(EpInit, ProjectsOnTheBallAndLowersTheNorm) {
  torch::manual_seed(5);
  const WeightRule rule = ruleFor(QuantMethod::kA2q, 9);
  WeightParameters p{torch::randn({6, 200}), torch::empty({6}), torch::empty({6})};
  initialiseScales(p, rule);
  const Tensor radius = p.d.exp2() * rule.budget;
  const Tensor before = p.v.clone();
  projectToBudget(p, rule);
  const Tensor norm = p.v.abs().sum(1);
  EXPECT_TRUE((norm <= radius * (1 + 1e-5)).all().item<bool>());
  EXPECT_TRUE(torch::allclose(p.t.exp2(), radius, 1e-5));
  EXPECT_TRUE(((p.v == 0).logical_or(p.v.sign() == before.sign())).all().item<bool>());
  // Of all points on the ball the projection is the nearest: no random one is nearer.
  const Tensor distance = (p.v - before).square().sum(1);
  for (int trial = 0; trial < 50; ++trial) {
    Tensor other = p.v + 0.05 * torch::randn_like(p.v);
    other = other * (radius / other.abs().sum(1)).clamp_max(1).unsqueeze(1);
    EXPECT_TRUE(((other - before).square().sum(1) >= distance - 1e-4).all().item<bool>());
  }
}

TEST(EpInit, LeavesChannelsInsideTheBallAlone) {
  EXPECT_EQ(l1ProjectionThreshold(std::vector<double>{0.25, -0.5}, 1.0), 0);
  EXPECT_DOUBLE_EQ(l1ProjectionThreshold(std::vector<double>{3, -1}, 2.0), 1);
  EXPECT_DOUBLE_EQ(l1ProjectionThreshold(std::vector<double>{3, -1}, 0.0), 3);
}

TEST(Penalty, CountsOnlyNormsAboveTheirBound) {
  const WeightRule rule = ruleFor(QuantMethod::kA2q);
  const WeightParameters p{torch::ones({2, 4}), torch::zeros({2}).requires_grad_(),
                           torch::tensor({2.0F, 10.0F}).requires_grad_()};
  const Tensor penalty = weightPenalty(p, rule);
  EXPECT_NEAR(penalty.item<double>(), 1024 - rule.budget, 1e-3);
  penalty.backward();
  EXPECT_EQ(p.t.grad()[0].item<double>(), 0);
  EXPECT_NEAR(p.t.grad()[1].item<double>(), 1024 * M_LN2, 1e-2);
  EXPECT_NEAR(p.d.grad()[1].item<double>(), -rule.budget * M_LN2, 1e-3);
}

}  // namespace
}  // namespace a2q
