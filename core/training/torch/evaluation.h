// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>

#include "core/training/torch/batch_feeder.h"
#include "core/training/torch/graph_model.h"
#include "core/training/trainer.h"

namespace a2q {

/// Runs every sample of a part, as it is, with running statistics. Stops early, with what was seen
/// until then, when the control says so. PSNR is the mean over the photographs, of values rounded
/// to 8 bits, with a border of `factor` pixels left out (the convention of the field).
[[nodiscard]] EvalResult evaluateModel(GraphModel& model, const NetworkGraph& graph,
                                       const InputLayer& input, const DataSet& data, DataPart part,
                                       torch::Device device, const RunControl& control);

}  // namespace a2q
