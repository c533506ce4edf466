// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>

#include "core/training/trainer.h"

namespace a2q {

/// Trains on an opened device: what Trainer::train() does once everything has been checked.
[[nodiscard]] Result<RunRecord> runTraining(const TrainJob& job, torch::Device device,
                                            TrainObserver& observer, const RunControl& control);

/// Evaluates on an opened device.
[[nodiscard]] Result<EvalResult> runEvaluation(const EvalJob& job, torch::Device device,
                                               const RunControl& control);

/// Trainer::integers() and openTracer() on an opened device.
[[nodiscard]] Result<TrainedNetwork> readIntegers(const Experiment& experiment,
                                                  const std::vector<NamedTensor>& parameters);
[[nodiscard]] Result<std::unique_ptr<CodeTracer>> openCodeTracer(
    const Experiment& experiment, const std::vector<NamedTensor>& parameters, torch::Device device);

}  // namespace a2q
