// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>

#include "core/training/trainer.h"

namespace a2q {

/// Trains on an opened device: what Trainer::train() does once everything has been checked.
[[nodiscard]] Result<RunRecord> runTraining(const Experiment& experiment, const DataSet& data,
                                            torch::Device device, TrainObserver& observer,
                                            const RunControl& control);

}  // namespace a2q
