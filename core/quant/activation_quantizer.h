// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>

#include "core/bounds/integer_format.h"

namespace a2q {

/// A batch normalisation over channels: learned gamma and beta [C] and the running statistics.
struct BatchNorm {
  torch::Tensor gamma;
  torch::Tensor beta;
  torch::Tensor running_mean;
  torch::Tensor running_var;
  double epsilon = 1e-5;
  double momentum = 0.1;
};

/// Whether a batch norm uses (and remembers) the statistics of the batch or the running ones.
enum class NormMode { kBatchStatistics, kRunningStatistics };

/// a = s·clip(round(x/s), qmin, qmax) with s = 2^d, d a scalar tensor; straight-through inside the
/// clip. ∂d = ln2·s·Σ R·(q − x/s·[inside]). x is [B, C] or [B, C, H, W].
[[nodiscard]] torch::Tensor quantizeActivation(const torch::Tensor& x, const torch::Tensor& d,
                                               IntegerFormat format);

/// The same after a batch norm, in one node: two passes over x forward, two backward, and x the
/// only tensor of its size that is kept. In kBatchStatistics the running statistics are updated,
/// unless a channel has a single value.
[[nodiscard]] torch::Tensor normaliseAndQuantize(const torch::Tensor& x, const BatchNorm& norm,
                                                 NormMode mode, const torch::Tensor& d,
                                                 IntegerFormat format);

/// log2 of a scale that covers nearly all of x (before quantization): the 99.7 % point of |x| (of x
/// for an unsigned format), from a sample of at most 65,536 values, over qmax.
[[nodiscard]] double fittedLogScale(const torch::Tensor& x, IntegerFormat format);

/// The batch norm alone, as ATen computes it, with the same rule for the running statistics.
[[nodiscard]] torch::Tensor normalise(const torch::Tensor& x, const BatchNorm& norm, NormMode mode);

}  // namespace a2q
