// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/quant/activation_quantizer.h"

#include <gtest/gtest.h>
#include <torch/torch.h>

#include <cmath>

#include "core/quant/activation_reference.h"

namespace a2q {
namespace {

using torch::Tensor;

constexpr IntegerFormat kUnsigned{{4}, Signedness::kUnsigned};
constexpr IntegerFormat kSigned{{4}, Signedness::kSigned};

double difference(const Tensor& a, const Tensor& b) {
  const double scale = std::max(1e-12, b.abs().max().item<double>());
  return (a - b).abs().max().item<double>() / scale;
}

BatchNorm someNorm(std::int64_t channels) {
  return {(torch::rand({channels}) + 0.5).requires_grad_(),
          (torch::randn({channels}) * 0.3).requires_grad_(), torch::zeros({channels}),
          torch::ones({channels})};
}

TEST(ActivationQuantizer, FusedPassesEqualTensorOperations) {
  torch::manual_seed(1);
  for (const IntegerFormat format : {kUnsigned, kSigned}) {
    const Tensor x = torch::randn({5, 7, 6, 3}).requires_grad_();
    const Tensor y = x.detach().clone().requires_grad_();
    const Tensor d = torch::tensor(-2.3F).requires_grad_();
    const Tensor e = torch::tensor(-2.3F).requires_grad_();
    const Tensor a = quantizeActivation(x, d, format);
    const Tensor b = reference::quantizeActivation(y, e, format);
    EXPECT_LT(difference(a, b), 1e-6);
    const Tensor r = torch::randn_like(a);
    a.backward(r);
    b.backward(r);
    EXPECT_EQ(difference(x.grad(), y.grad()), 0);
    EXPECT_NEAR(d.grad().item<double>(), e.grad().item<double>(),
                1e-4 * std::abs(e.grad().item<double>()));
  }
}

TEST(ActivationQuantizer, GivesCodesOfItsFormat) {
  torch::manual_seed(2);
  for (const IntegerFormat format : {kUnsigned, kSigned}) {
    const Tensor codes =
        quantizeActivation(torch::randn({1000}).view({10, 100}) * 10, torch::tensor(0.0F), format);
    EXPECT_EQ(codes.min().item<double>(), static_cast<double>(format.minimum()));
    EXPECT_EQ(codes.max().item<double>(), static_cast<double>(format.maximum()));
    EXPECT_TRUE(torch::equal(codes, codes.round()));
  }
}

TEST(ActivationQuantizer, ScaleGradientIsThatOfTheSmoothPart) {
  // a = s·(x/s + e) inside and s·qmax beyond, with e = q − x/s held fixed.
  const Tensor x = torch::tensor({{0.30F, 0.97F, 5.0F, -1.0F, 2.26F}});
  const Tensor d = torch::tensor(-2.0F).requires_grad_();
  quantizeActivation(x, d, kUnsigned).sum().backward();
  const double residual = (1 - 1.2) + (4 - 3.88) + 15 + 0 + (9 - 9.04);
  EXPECT_NEAR(d.grad().item<double>(), std::log(2.0) * 0.25 * residual, 1e-5);
}

class FusedNorm : public testing::TestWithParam<std::int64_t> {};
INSTANTIATE_TEST_SUITE_P(Channels, FusedNorm, testing::Values(1, 3, 16, 50, 64, 100, 130));

TEST_P(FusedNorm, EqualsBatchNormThenQuantizer) {
  torch::manual_seed(4);
  const std::int64_t channels = GetParam();
  for (const NormMode mode : {NormMode::kBatchStatistics, NormMode::kRunningStatistics}) {
    const Tensor x = (torch::randn({6, channels, 9, 11}) * 3 + 1).requires_grad_();
    const Tensor y = x.detach().clone().requires_grad_();
    BatchNorm fused = someNorm(channels);
    BatchNorm plain{fused.gamma.detach().clone().requires_grad_(),
                    fused.beta.detach().clone().requires_grad_(), fused.running_mean.clone(),
                    fused.running_var.clone()};
    const Tensor d = torch::tensor(-2.5F).requires_grad_();
    const Tensor e = torch::tensor(-2.5F).requires_grad_();
    const Tensor a = normaliseAndQuantize(x, fused, mode, d, kUnsigned);
    const Tensor b = reference::quantizeActivation(normalise(y, plain, mode), e, kUnsigned);
    // A value next to a threshold may fall on the other side: a step, seldom.
    const double step = std::exp2(-2.5);
    const Tensor apart = (a - b).abs() > 0.5 * step;
    EXPECT_LT(apart.to(torch::kFloat64).mean().item<double>(), 1e-4);
    EXPECT_LT((a - b).abs().max().item<double>(), 1.01 * step);
    EXPECT_LT(difference(fused.running_mean, plain.running_mean), 1e-4);
    EXPECT_LT(difference(fused.running_var, plain.running_var), 1e-5);
    const Tensor r = torch::where(apart, torch::zeros_like(a), torch::randn_like(a));
    a.backward(r);
    b.backward(r);
    EXPECT_LT(difference(fused.gamma.grad(), plain.gamma.grad()), 1e-3);
    EXPECT_LT(difference(fused.beta.grad(), plain.beta.grad()), 1e-3);
    EXPECT_NEAR(d.grad().item<double>(), e.grad().item<double>(),
                1e-3 * std::max(1.0, std::abs(e.grad().item<double>())));
    EXPECT_LT((x.grad() - y.grad()).abs().mean().item<double>(),
              1e-4 * y.grad().abs().mean().item<double>());
  }
}

TEST(FusedNorm, EqualsItselfWithAnyNumberOfThreads) {
  torch::manual_seed(6);
  const Tensor x = torch::randn({32, 24, 20, 20});
  const Tensor r = torch::randn({32, 24, 20, 20}).contiguous(at::MemoryFormat::ChannelsLast);
  std::vector<Tensor> gradients;
  std::vector<Tensor> outputs;
  const int before = at::get_num_threads();
  for (const int threads : {1, 2}) {
    at::set_num_threads(threads);
    const BatchNorm norm{torch::ones({24}).requires_grad_(), torch::zeros({24}).requires_grad_(),
                         torch::zeros({24}), torch::ones({24})};
    const Tensor input = x.clone().requires_grad_();
    const Tensor d = torch::tensor(-2.5F).requires_grad_();
    const Tensor out = normaliseAndQuantize(input, norm, NormMode::kBatchStatistics, d, kUnsigned);
    out.backward(r);
    outputs.push_back(out);
    gradients.push_back(torch::cat(
        {input.grad().reshape({-1}), norm.gamma.grad(), norm.beta.grad(), d.grad().view({1})}));
  }
  at::set_num_threads(before);
  EXPECT_TRUE(torch::equal(outputs[0], outputs[1]));
  EXPECT_TRUE(torch::equal(gradients[0], gradients[1]));
}

TEST(ActivationScale, CoversNearlyAllOfTheBatch) {
  torch::manual_seed(8);
  const Tensor x = torch::randn({100, 1000});
  const double covered = std::exp2(fittedLogScale(x, kSigned)) * 7;
  EXPECT_NEAR(covered, 2.97, 0.15);  // 99.7 % of a normal distribution's magnitudes
  EXPECT_TRUE(std::isfinite(fittedLogScale(torch::zeros({3, 4}), kUnsigned)));
  EXPECT_TRUE(std::isfinite(fittedLogScale(torch::ones({1, 1}), kUnsigned)));
}

}  // namespace
}  // namespace a2q
