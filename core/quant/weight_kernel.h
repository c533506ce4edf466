// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "core/quant/weight_rule.h"

namespace a2q::kernel {

/// Gradients of the two scalars of a channel.
struct RowGradients {
  double log_scale = 0;  ///< ∂loss/∂d
  double log_norm = 0;   ///< ∂loss/∂t
};

/// Quantizes one output channel of k weights: w = q·s with the equations of A2Q and A2Q+
/// (Colbert et al. 2023 Eq. 17–20, 2024 Eq. 8–9) or plain rounding (QAT). `s` = 2^d, `g` = 2^t.
/// Writes w and the row of WeightStats. Integer arithmetic has the last word: should float rounding
/// carry the sums over P bits, the row is scaled down until the exact range fits.
void quantizeRow(const WeightRule& rule, const float* v, double s, double g, std::int64_t k,
                 float* w, double* stats);
void quantizeRow(const WeightRule& rule, const double* v, double s, double g, std::int64_t k,
                 double* w, double* stats);

/// The gradient of quantizeRow() for R = ∂loss/∂w: writes ∂loss/∂v, returns ∂d and ∂t.
RowGradients backwardRow(const WeightRule& rule, const float* v, const float* grad_w,
                         const double* stats, std::int64_t k, float* grad_v);
RowGradients backwardRow(const WeightRule& rule, const double* v, const double* grad_w,
                         const double* stats, std::int64_t k, double* grad_v);

}  // namespace a2q::kernel
