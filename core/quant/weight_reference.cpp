// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/quant/weight_reference.h"

#include <cmath>

namespace a2q::reference {
namespace {

using torch::Tensor;

/// [C] → [C, 1], to meet the rows of a [C, K] matrix.
Tensor column(const Tensor& per_channel) { return per_channel.unsqueeze(1); }

Tensor stat(const Tensor& stats, WeightStats::Column which) { return stats.select(1, which); }

struct Codes {
  Tensor q;  ///< clipped integers, as floating point
  Tensor x;  ///< before rounding
};

Codes codesOf(const Tensor& rows, const Tensor& stats, const WeightRule& rule) {
  const Tensor mean = column(stat(stats, WeightStats::kMean)).to(rows.scalar_type());
  const Tensor ratio = column(stat(stats, WeightStats::kRatio)).to(rows.scalar_type());
  const Tensor x = (rows - mean) * ratio;
  const Tensor whole = rule.constrained() ? x.trunc() : x.round();
  return {whole.clamp(-rule.limit, rule.limit), x};
}

/// Rows whose exact range leaves P bits, as a [C] mask.
Tensor overflowing(const Tensor& stats, const WeightRule& rule) {
  const Tensor positive = stat(stats, WeightStats::kPositive);
  const Tensor negative = stat(stats, WeightStats::kNegative);
  const auto high = static_cast<double>(rule.inputs.maximum);
  const auto low = static_cast<double>(rule.inputs.minimum);
  const auto limit = static_cast<double>(rule.accumulator_max);
  return (positive * high - negative * low > limit)
      .logical_or(positive * low - negative * high < -limit - 1);
}

void countSums(const Tensor& q, Tensor& stats) {
  const Tensor wide = q.to(torch::kFloat64);
  stats.select(1, WeightStats::kPositive).copy_(wide.clamp_min(0).sum(1));
  stats.select(1, WeightStats::kNegative).copy_(-wide.clamp_max(0).sum(1));
  stats.select(1, WeightStats::kZeros).copy_((q == 0).sum(1));
}

}  // namespace

QuantizedWeight quantize(const WeightParameters& parameters, const WeightRule& rule) {
  const torch::NoGradGuard guard;
  const Tensor& v = parameters.v;
  const Tensor rows = v.reshape({v.size(0), -1});
  const auto wide = torch::kFloat64;
  const Tensor s = parameters.d.to(wide).exp2().clamp_min(kScaleFloor);
  Tensor stats =
      torch::zeros({v.size(0), WeightStats::kCount}, torch::dtype(wide).device(v.device()));
  stats.select(1, WeightStats::kScale).copy_(s);
  stats.select(1, WeightStats::kOpen).fill_(1);
  if (rule.constrained()) {
    const Tensor g = parameters.t.to(wide).exp2().clamp_min(kScaleFloor);
    if (rule.centred()) stats.select(1, WeightStats::kMean).copy_(rows.mean(1));
    const Tensor mean = column(stat(stats, WeightStats::kMean)).to(rows.scalar_type());
    const Tensor norm = (rows - mean).abs().sum(1).to(wide);
    const Tensor wanted = g / s;
    const Tensor c = wanted.clamp_max(rule.budget);
    stats.select(1, WeightStats::kNorm).copy_(norm);
    stats.select(1, WeightStats::kOpen).copy_(wanted <= rule.budget);
    stats.select(1, WeightStats::kRatio).copy_(c / torch::maximum(norm, c * kScaleFloor));
  } else {
    stats.select(1, WeightStats::kRatio).copy_(s.reciprocal());
  }
  Tensor q = codesOf(rows, stats, rule).q;
  countSums(q, stats);
  if (rule.constrained()) {
    for (double step = 0x1p-22; overflowing(stats, rule).any().item<bool>(); step *= 2) {
      const Tensor over = overflowing(stats, rule);
      const Tensor ratio = stat(stats, WeightStats::kRatio);
      stats.select(1, WeightStats::kRatio)
          .copy_(torch::where(over, ratio * (1 - std::min(step, 0.5)), ratio));
      q = codesOf(rows, stats, rule).q;
      countSums(q, stats);
    }
  }
  const Tensor w = q * column(s).to(q.scalar_type());
  return {torch::empty_like(v).copy_(w.view(v.sizes())), stats};
}

WeightParameters backward(const Tensor& v, const Tensor& grad_w, const Tensor& stats,
                          const WeightRule& rule) {
  const torch::NoGradGuard guard;
  const Tensor rows = v.reshape({v.size(0), -1});
  const Tensor r = grad_w.reshape({v.size(0), -1});
  const Codes codes = codesOf(rows, stats, rule);
  const Tensor s = stat(stats, WeightStats::kScale).to(rows.scalar_type());
  const Tensor moves = (s > kScaleFloor).to(rows.scalar_type());
  if (!rule.constrained()) {
    const Tensor inside = codes.x.round().abs() <= rule.limit;
    const Tensor grad_v = torch::where(inside, r, torch::zeros_like(r));
    const Tensor residual = codes.q - codes.x * inside;
    const Tensor grad_d = M_LN2 * s * (r * residual).sum(1) * moves;
    return {grad_v.view(v.sizes()), grad_d, {}};
  }
  const Tensor mean = stat(stats, WeightStats::kMean).to(rows.scalar_type());
  const Tensor norm = stat(stats, WeightStats::kNorm).to(rows.scalar_type());
  const Tensor ratio = stat(stats, WeightStats::kRatio).to(rows.scalar_type());
  const Tensor open = stat(stats, WeightStats::kOpen).to(rows.scalar_type());
  const Tensor h = r * column(s) * (codes.x.abs() < rule.limit + 1);
  const Tensor inner = (h * codes.x).sum(1);
  const Tensor pull = torch::where(norm > 0, inner / norm, torch::zeros_like(norm));
  Tensor grad_v = h * column(ratio) - (rows - column(mean)).sign() * column(pull);
  if (rule.centred()) grad_v = grad_v - grad_v.mean(1, true);
  const Tensor grad_t = M_LN2 * inner * open;
  const Tensor grad_d = (M_LN2 * s * (r * codes.q).sum(1) - grad_t) * moves;
  return {grad_v.view(v.sizes()), grad_d, grad_t};
}

}  // namespace a2q::reference
