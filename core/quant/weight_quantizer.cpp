// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/quant/weight_quantizer.h"

#include <ATen/Parallel.h>
#include <torch/csrc/autograd/custom_function.h>
#include <torch/custom_class.h>

#include <algorithm>
#include <vector>

#include "core/quant/l1_projection.h"
#include "core/quant/weight_kernel.h"
#include "core/quant/weight_reference.h"

namespace a2q {
namespace {

using torch::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::tensor_list;

bool hasKernel(const Tensor& v) {
  return v.is_cpu() && (v.scalar_type() == torch::kFloat32 || v.scalar_type() == torch::kFloat64);
}

/// v with every channel in one stretch of memory (contiguous and channels-last both are).
Tensor withDenseRows(const Tensor& v) {
  const bool dense = v.is_non_overlapping_and_dense() && v.numel() == v.size(0) * v.stride(0);
  return dense || v.size(0) == 1 ? v : v.contiguous();
}

/// `other` in the memory order of `like`.
Tensor laidOutLike(const Tensor& like, const Tensor& other) {
  return other.strides() == like.strides() ? other : torch::empty_like(like).copy_(other);
}

/// Channels a thread should have at least, so that small layers are not split.
std::int64_t grainOf(const Tensor& v) {
  constexpr std::int64_t kWeightsPerThread = 16384;
  return std::max<std::int64_t>(
      1, kWeightsPerThread * v.size(0) / std::max<std::int64_t>(1, v.numel()));
}

template <class T>
void runForward(const WeightRule& rule, const Tensor& v, const Tensor& s, const Tensor& g,
                const QuantizedWeight& out) {
  const std::int64_t k = v.numel() / v.size(0);
  const T* in = v.data_ptr<T>();
  T* w = out.w.data_ptr<T>();
  auto* stats = out.stats.data_ptr<double>();
  const auto* scale = s.data_ptr<double>();
  const auto* norm = g.data_ptr<double>();
  at::parallel_for(0, v.size(0), grainOf(v), [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t c = begin; c < end; ++c) {
      kernel::quantizeRow(rule, in + c * k, scale[c], norm[c], k, w + c * k,
                          stats + c * WeightStats::kCount);
    }
  });
}

template <class T>
void runBackward(const WeightRule& rule, const Tensor& v, const Tensor& grad_w, const Tensor& stats,
                 const WeightParameters& gradients) {
  const std::int64_t k = v.numel() / v.size(0);
  const T* in = v.data_ptr<T>();
  const T* grad = grad_w.data_ptr<T>();
  T* grad_v = gradients.v.data_ptr<T>();
  T* grad_d = gradients.d.data_ptr<T>();
  T* grad_t = gradients.t.data_ptr<T>();
  const auto* rows = stats.data_ptr<double>();
  at::parallel_for(0, v.size(0), grainOf(v), [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t c = begin; c < end; ++c) {
      const auto scalars = kernel::backwardRow(rule, in + c * k, grad + c * k,
                                               rows + c * WeightStats::kCount, k, grad_v + c * k);
      grad_d[c] = static_cast<T>(scalars.log_scale);
      grad_t[c] = static_cast<T>(scalars.log_norm);
    }
  });
}

QuantizedWeight quantizeOnCpu(const WeightParameters& parameters, const WeightRule& rule) {
  const Tensor v = withDenseRows(parameters.v);
  const Tensor s = parameters.d.to(torch::kFloat64).exp2().contiguous();
  const Tensor g =
      parameters.t.defined() ? parameters.t.to(torch::kFloat64).exp2().contiguous() : s;
  QuantizedWeight out{torch::empty_like(v),
                      torch::empty({v.size(0), WeightStats::kCount}, torch::kFloat64)};
  if (v.scalar_type() == torch::kFloat64) {
    runForward<double>(rule, v, s, g, out);
  } else {
    runForward<float>(rule, v, s, g, out);
  }
  return out;
}

WeightParameters backwardOnCpu(const Tensor& raw, const Tensor& grad_w, const Tensor& stats,
                               const WeightRule& rule) {
  const Tensor v = withDenseRows(raw);
  const Tensor grad = laidOutLike(v, grad_w);
  const Tensor scalar = torch::empty({v.size(0)}, v.options());
  WeightParameters gradients{torch::empty_like(v), scalar, torch::empty_like(scalar)};
  if (v.scalar_type() == torch::kFloat64) {
    runBackward<double>(rule, v, grad, stats, gradients);
  } else {
    runBackward<float>(rule, v, grad, stats, gradients);
  }
  return gradients;
}

/// Carries a rule from the forward to the backward pass.
struct RuleHolder : torch::CustomClassHolder {
  explicit RuleHolder(const WeightRule& value) : rule(value) {}
  WeightRule rule;
};

/// The autograd node. v itself is kept for the backward pass; nothing of its size is copied.
class QuantizeWeight : public torch::autograd::Function<QuantizeWeight> {
 public:
  static tensor_list forward(AutogradContext* context, const Tensor& v, const Tensor& d,
                             const Tensor& t, const WeightRule& rule) {
    const WeightParameters parameters{v, d, t};
    const QuantizedWeight out =
        hasKernel(v) ? quantizeOnCpu(parameters, rule) : reference::quantize(parameters, rule);
    context->save_for_backward({v, out.stats});
    context->saved_data["rule"] = c10::IValue::make_capsule(c10::make_intrusive<RuleHolder>(rule));
    context->mark_non_differentiable({out.stats});
    return {out.w, out.stats};
  }

  static tensor_list backward(AutogradContext* context, const tensor_list& gradients) {
    const auto saved = context->get_saved_variables();
    const auto holder = context->saved_data["rule"].toCapsule();
    const WeightRule& rule = static_cast<const RuleHolder&>(*holder).rule;
    const Tensor& grad_w = gradients[0];
    if (!grad_w.defined()) return {Tensor(), Tensor(), Tensor(), Tensor()};
    const WeightParameters out = hasKernel(saved[0])
                                     ? backwardOnCpu(saved[0], grad_w, saved[1], rule)
                                     : reference::backward(saved[0], grad_w, saved[1], rule);
    return {out.v, out.d, rule.constrained() ? out.t : Tensor(), Tensor()};
  }
};

}  // namespace

QuantizedWeight quantizeWeight(const WeightParameters& parameters, const WeightRule& rule) {
  // QAT learns no norm; autograd takes no undefined tensor, so d stands in for it, unused.
  const Tensor& t = rule.constrained() ? parameters.t : parameters.d;
  const auto out = QuantizeWeight::apply(parameters.v, parameters.d, t, rule);
  return {out[0], out[1]};
}

Tensor weightPenalty(const WeightParameters& parameters, const WeightRule& rule) {
  const Tensor excess = parameters.t.exp2() - parameters.d.exp2() * rule.budget;
  return excess.clamp_min(0).sum();
}

void initialiseScales(WeightParameters& parameters, const WeightRule& rule) {
  const torch::NoGradGuard guard;
  const Tensor rows = parameters.v.reshape({parameters.v.size(0), -1}).abs();
  parameters.d.copy_((rows.amax(1) / rule.limit).clamp_min(kScaleFloor).log2());
  if (!parameters.t.defined()) return;
  parameters.t.copy_(rows.sum(1).clamp_min(kScaleFloor).log2());
}

void projectToBudget(WeightParameters& parameters, const WeightRule& rule) {
  const torch::NoGradGuard guard;
  const Tensor rows = parameters.v.reshape({parameters.v.size(0), -1})
                          .to(torch::kCPU, torch::kFloat64)
                          .contiguous();
  const Tensor radius = (parameters.d.to(torch::kCPU, torch::kFloat64).exp2() * rule.budget);
  const auto columns = static_cast<std::size_t>(rows.size(1));
  std::vector<double> thresholds(static_cast<std::size_t>(rows.size(0)));
  for (std::size_t c = 0; c < thresholds.size(); ++c) {
    const std::span row(rows.data_ptr<double>() + c * columns, columns);
    thresholds[c] = l1ProjectionThreshold(row, radius[static_cast<std::int64_t>(c)].item<double>());
  }
  const Tensor theta = torch::tensor(thresholds, torch::kFloat64).unsqueeze(1);
  const Tensor projected = rows.sign() * (rows.abs() - theta).clamp_min(0);
  parameters.v.copy_(projected.view(parameters.v.sizes()));
  parameters.t.copy_(torch::minimum(parameters.t, radius.log2().to(parameters.t.options())));
}

Tensor integerWeights(const QuantizedWeight& quantized) {
  const torch::NoGradGuard guard;
  const Tensor rows = quantized.w.detach().reshape({quantized.w.size(0), -1}).to(torch::kFloat64);
  const Tensor s = quantized.stats.select(1, WeightStats::kScale).unsqueeze(1);
  return (rows / s).round().to(torch::kInt32).cpu().contiguous();
}

}  // namespace a2q
