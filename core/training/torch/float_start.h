// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/base/result.h"
#include "core/base/run_control.h"
#include "core/training/torch/batch_feeder.h"
#include "core/training/torch/graph_model.h"

namespace a2q {

/// Turns float weights into the start of quantized training (Colbert et al. 2024, Section 4 and
/// Appendix B), with `batches` of the feeder:
/// 1. s = max|v|/L and, under a budget, EP-init of every layer;
/// 2. scales of the activations and batch-norm statistics, measured on the quantized network;
/// 3. bias correction: what quantization shifts the mean output of a layer with a bias by, the bias
///    takes back (Nagel et al. 2019, empirical form), layer by layer.
/// `reference` is the same network in float, with the weights loaded. Errors: those of load().
[[nodiscard]] Status startFromFloat(GraphModel& model, GraphModel& reference,
                                    const std::vector<NamedTensor>& weights, BatchFeeder& feeder,
                                    std::int64_t batches, const RunControl& control);

}  // namespace a2q
