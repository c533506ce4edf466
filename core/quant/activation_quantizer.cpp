// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/quant/activation_quantizer.h"

#include <ATen/Parallel.h>
#include <torch/csrc/autograd/custom_function.h>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "core/quant/activation_kernel.h"
#include "core/quant/activation_reference.h"

namespace a2q {
namespace {

using kernel::ActivationRule;
using kernel::AffinePattern;
using kernel::Slab;
using torch::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::tensor_list;

constexpr double kLn2 = 0.693147180559945309417232121458;

bool hasKernel(const Tensor& x) { return x.is_cpu() && x.scalar_type() == torch::kFloat32; }

/// Channel-fastest in memory: channels-last for images, plain for features.
Tensor channelFastest(const Tensor& x) {
  return x.dim() == 4 ? x.contiguous(at::MemoryFormat::ChannelsLast) : x.contiguous();
}

Slab slabOf(const Tensor& x) { return {x.numel() / x.size(1), x.size(1)}; }

ActivationRule ruleOf(double scale, std::int64_t qmin, std::int64_t qmax) {
  return {static_cast<float>(scale), static_cast<float>(qmin), static_cast<float>(qmax)};
}

/// Stretches of whole rows that threads share. Their number does not depend on the threads, so
/// that sums are equal to the bit with any number of them.
struct Stretches {
  Slab slab;
  std::int64_t count;
  std::int64_t rows_each;

  explicit Stretches(Slab whole) : slab(whole) {
    constexpr std::int64_t kValuesEach = 32768;
    constexpr std::int64_t kMost = 64;
    count = std::clamp<std::int64_t>(slab.rows * slab.channels / kValuesEach, 1, kMost);
    rows_each = (slab.rows + count - 1) / count;
  }

  /// Calls body(index, first value, number of values) on all threads.
  template <class Body>
  void forEach(const Body& body) const {
    at::parallel_for(0, count, 1, [&](std::int64_t begin, std::int64_t end) {
      for (std::int64_t i = begin; i < end; ++i) {
        const std::int64_t first = std::min(slab.rows, i * rows_each);
        const std::int64_t last = std::min(slab.rows, first + rows_each);
        body(i, first * slab.channels, (last - first) * slab.channels);
      }
    });
  }
};

/// Per-channel constants of one normalisation, kept for the backward pass as rows of a [4, C]
/// tensor.
struct Constants {
  enum Row { kFactor, kOffset, kMean, kInverseDeviation, kRows };
  Tensor values;

  explicit Constants(Tensor rows) : values(std::move(rows)) {}
  explicit Constants(std::int64_t channels) : values(torch::empty({kRows, channels})) {}
  [[nodiscard]] float* row(Row which) const {
    return values.data_ptr<float>() + which * values.size(1);
  }
};

kernel::Moments momentsOf(const Tensor& x, Slab slab) {
  const Stretches stretches(slab);
  std::vector<kernel::Moments> parts(static_cast<std::size_t>(stretches.count),
                                     kernel::Moments(slab.channels));
  const float* in = x.data_ptr<float>();
  stretches.forEach([&](std::int64_t i, std::int64_t start, std::int64_t values) {
    kernel::addMoments(in + start, {values / slab.channels, slab.channels},
                       parts[static_cast<std::size_t>(i)]);
  });
  kernel::Moments all(slab.channels);
  for (const auto& part : parts) all.merge(part);
  return all;
}

void rememberStatistics(const BatchNorm& norm, const kernel::Moments& moments) {
  if (moments.count < 2) return;  // one value has no variance worth remembering
  const torch::NoGradGuard guard;
  auto* mean = norm.running_mean.data_ptr<float>();
  auto* variance = norm.running_var.data_ptr<float>();
  const double unbiased = moments.count - 1;
  for (std::size_t c = 0; c < moments.mean.size(); ++c) {
    const double keep = 1 - norm.momentum;
    mean[c] = static_cast<float>(keep * mean[c] + norm.momentum * moments.mean[c]);
    variance[c] = static_cast<float>(keep * variance[c] + norm.momentum * moments.m2[c] / unbiased);
  }
}

/// factor = γ/σ and offset = β − μ·γ/σ, from the batch or from the running statistics.
Constants constantsOf(const Tensor& x, Slab slab, const BatchNorm& norm, NormMode mode) {
  Constants constants(slab.channels);
  const auto* gamma = norm.gamma.data_ptr<float>();
  const auto* beta = norm.beta.data_ptr<float>();
  const auto write = [&](std::size_t c, double mean, double variance) {
    const double inverse = 1 / std::sqrt(variance + norm.epsilon);
    constants.row(Constants::kMean)[c] = static_cast<float>(mean);
    constants.row(Constants::kInverseDeviation)[c] = static_cast<float>(inverse);
    constants.row(Constants::kFactor)[c] = static_cast<float>(gamma[c] * inverse);
    constants.row(Constants::kOffset)[c] = static_cast<float>(beta[c] - mean * gamma[c] * inverse);
  };
  const auto channels = static_cast<std::size_t>(slab.channels);
  if (mode == NormMode::kBatchStatistics) {
    const kernel::Moments moments = momentsOf(x, slab);
    for (std::size_t c = 0; c < channels; ++c) {
      write(c, moments.mean[c], moments.m2[c] / moments.count);
    }
    rememberStatistics(norm, moments);
  } else {
    const auto* mean = norm.running_mean.data_ptr<float>();
    const auto* variance = norm.running_var.data_ptr<float>();
    for (std::size_t c = 0; c < channels; ++c) write(c, mean[c], variance[c]);
  }
  return constants;
}

Constants identity(std::int64_t channels) {
  Constants constants(torch::zeros({Constants::kRows, channels}));
  constants.values[Constants::kFactor].fill_(1);
  constants.values[Constants::kInverseDeviation].fill_(1);
  return constants;
}

Tensor forwardQuantized(const Tensor& x, Slab slab, const Constants& constants,
                        const ActivationRule& rule) {
  const AffinePattern affine(slab, constants.row(Constants::kFactor),
                             constants.row(Constants::kOffset));
  Tensor out = torch::empty_like(x);
  const float* in = x.data_ptr<float>();
  float* a = out.data_ptr<float>();
  Stretches(slab).forEach([&](std::int64_t, std::int64_t start, std::int64_t values) {
    kernel::quantizeActivations(rule, affine, in + start, values, a + start);
  });
  return out;
}

kernel::BackwardSums sumsOf(const Tensor& x, const Tensor& grad, Slab slab,
                            const Constants& constants, const ActivationRule& rule) {
  const AffinePattern affine(slab, constants.row(Constants::kFactor),
                             constants.row(Constants::kOffset));
  const auto centre =
      kernel::repeated(constants.row(Constants::kMean), slab.channels, affine.width());
  const Stretches stretches(slab);
  std::vector<kernel::BackwardSums> parts(static_cast<std::size_t>(stretches.count),
                                          kernel::BackwardSums(slab.channels));
  const float* in = x.data_ptr<float>();
  const float* down = grad.data_ptr<float>();
  stretches.forEach([&](std::int64_t i, std::int64_t start, std::int64_t values) {
    kernel::sumBackward(rule, affine, centre.data(), in + start, down + start, slab.channels,
                        values, parts[static_cast<std::size_t>(i)]);
  });
  kernel::BackwardSums all(slab.channels);
  for (const auto& part : parts) all.add(part);
  return all;
}

/// What the gradient of x needs per channel. With batch statistics
/// ∂x = γ/σ·(g − mean(g) − x̂·mean(g·x̂)), x̂ = (x − μ)/σ; otherwise ∂x = factor·g.
kernel::BackwardPattern patternOf(const kernel::BackwardSums& sums, Slab slab,
                                  const Constants& constants, NormMode mode, std::int64_t width) {
  std::vector<float> along(static_cast<std::size_t>(slab.channels));
  std::vector<float> level(along.size());
  if (mode == NormMode::kBatchStatistics) {
    const auto rows = static_cast<double>(slab.rows);
    for (std::size_t c = 0; c < along.size(); ++c) {
      const double factor = constants.row(Constants::kFactor)[c];
      const double inverse = constants.row(Constants::kInverseDeviation)[c];
      along[c] = static_cast<float>(factor * inverse * inverse * sums.gx[c] / rows);
      level[c] = static_cast<float>(factor * sums.g[c] / rows);
    }
  }
  const std::int64_t channels = slab.channels;
  return {kernel::repeated(constants.row(Constants::kFactor), channels, width),
          kernel::repeated(constants.row(Constants::kMean), channels, width),
          kernel::repeated(along.data(), channels, width),
          kernel::repeated(level.data(), channels, width)};
}

Tensor gradientOfInput(const Tensor& x, const Tensor& grad, Slab slab, const Constants& constants,
                       const ActivationRule& rule, const kernel::BackwardSums& sums,
                       NormMode mode) {
  const AffinePattern affine(slab, constants.row(Constants::kFactor),
                             constants.row(Constants::kOffset));
  const auto pattern = patternOf(sums, slab, constants, mode, affine.width());
  Tensor out = torch::empty_like(x);
  const float* in = x.data_ptr<float>();
  const float* down = grad.data_ptr<float>();
  float* up = out.data_ptr<float>();
  Stretches(slab).forEach([&](std::int64_t, std::int64_t start, std::int64_t values) {
    kernel::writeBackward(rule, affine, pattern, in + start, down + start, values, up + start);
  });
  return out;
}

/// The autograd node, with a batch norm or without. Autograd sees gamma and beta as inputs of
/// their own; `norm` holds the same tensors and is null when there is none (d stands in for them).
class NormaliseAndQuantize : public torch::autograd::Function<NormaliseAndQuantize> {
 public:
  static Tensor forward(AutogradContext* context, const Tensor& raw,
                        [[maybe_unused]] const Tensor& gamma, [[maybe_unused]] const Tensor& beta,
                        const Tensor& d, const BatchNorm* norm, NormMode mode,
                        IntegerFormat format) {
    const bool normalised = norm != nullptr;
    const Tensor x = channelFastest(raw);
    const Slab slab = normalised ? slabOf(x) : Slab{x.numel(), 1};
    const Constants constants = normalised ? constantsOf(x, slab, *norm, mode) : identity(1);
    // The scale is kept as a number: a shared one may still settle before the backward pass.
    const double scale = std::exp2(d.item<double>());
    context->save_for_backward({x, constants.values});
    context->saved_data["scale"] = scale;
    context->saved_data["normalised"] = normalised;
    context->saved_data["batch"] = normalised && mode == NormMode::kBatchStatistics;
    context->saved_data["qmin"] = format.minimum();
    context->saved_data["qmax"] = format.maximum();
    return forwardQuantized(x, slab, constants, ruleOf(scale, format.minimum(), format.maximum()));
  }

  static tensor_list backward(AutogradContext* context, const tensor_list& gradients) {
    const auto saved = context->get_saved_variables();
    const Tensor& x = saved[0];
    const Constants constants(saved[1]);
    const bool normalised = context->saved_data["normalised"].toBool();
    const NormMode mode = context->saved_data["batch"].toBool() ? NormMode::kBatchStatistics
                                                                : NormMode::kRunningStatistics;
    const ActivationRule rule =
        ruleOf(context->saved_data["scale"].toDouble(), context->saved_data["qmin"].toInt(),
               context->saved_data["qmax"].toInt());
    const Slab slab{x.numel() / constants.values.size(1), constants.values.size(1)};
    const Tensor grad = channelFastest(gradients[0]);
    const auto sums = sumsOf(x, grad, slab, constants, rule);
    const Tensor grad_x = gradientOfInput(x, grad, slab, constants, rule, sums, mode);
    double residual = 0;
    for (const double part : sums.residual) residual += part;
    const Tensor grad_d =
        torch::full({}, kLn2 * static_cast<double>(rule.scale) * residual, x.options());
    Tensor grad_gamma;
    Tensor grad_beta;
    if (normalised) {
      const Tensor inverse = constants.values[Constants::kInverseDeviation];
      grad_gamma = torch::tensor(sums.gx, torch::kFloat64).to(torch::kFloat32) * inverse;
      grad_beta = torch::tensor(sums.g, torch::kFloat64).to(torch::kFloat32);
    }
    return {grad_x, grad_gamma, grad_beta, grad_d, Tensor(), Tensor(), Tensor()};
  }
};

}  // namespace

Tensor quantizeActivation(const Tensor& x, const Tensor& d, IntegerFormat format) {
  if (!hasKernel(x)) return reference::quantizeActivation(x, d, format);
  const BatchNorm* none = nullptr;
  return NormaliseAndQuantize::apply(x, d, d, d, none, NormMode::kRunningStatistics, format);
}

Tensor normalise(const Tensor& x, const BatchNorm& norm, NormMode mode) {
  const bool batch = mode == NormMode::kBatchStatistics;
  // One value a channel has no unbiased variance: LibTorch would remember NaN.
  const bool remembers = batch && x.numel() > x.size(1);
  const bool running = !batch || remembers;
  return torch::batch_norm(x, norm.gamma, norm.beta, running ? norm.running_mean : Tensor(),
                           running ? norm.running_var : Tensor(), batch, norm.momentum,
                           norm.epsilon, true);
}

Tensor normaliseAndQuantize(const Tensor& x, const BatchNorm& norm, NormMode mode, const Tensor& d,
                            IntegerFormat format) {
  if (!hasKernel(x)) return reference::quantizeActivation(normalise(x, norm, mode), d, format);
  return NormaliseAndQuantize::apply(x, norm.gamma, norm.beta, d, &norm, mode, format);
}

double fittedLogScale(const Tensor& x, IntegerFormat format) {
  constexpr std::int64_t kMostSamples = 65536;
  constexpr double kCovered = 0.997;
  const torch::NoGradGuard guard;
  Tensor sample = x.detach().reshape({-1});
  const std::int64_t stride = std::max<std::int64_t>(1, sample.numel() / kMostSamples);
  sample = sample.slice(0, 0, sample.numel(), stride).to(torch::kCPU, torch::kFloat64);
  sample = format.isSigned() ? sample.abs() : sample.clamp_min(0);
  const auto rank = static_cast<std::int64_t>(kCovered * static_cast<double>(sample.numel() - 1));
  const double covered = std::get<0>(sample.kthvalue(rank + 1)).item<double>();
  constexpr double kLeast = 1e-6;  // an all-zero batch must not end in log2(0)
  return std::log2(std::max(covered, kLeast) / static_cast<double>(format.maximum()));
}

}  // namespace a2q
