// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>

#include "core/data/data_set.h"
#include "core/training/run_record.h"

namespace a2q {

/// The metric of a task.
[[nodiscard]] Metric metricOf(Task task);

/// The mean loss of a batch: cross entropy of classes [B], or the mean squared error of images
/// [B, C, H, W] whose values are data values / 255.
[[nodiscard]] torch::Tensor taskLoss(Task task, const torch::Tensor& output,
                                     const torch::Tensor& target);

/// The score of a batch times its samples: right classes, or PSNR (peak 1) of the batch's loss.
[[nodiscard]] double scoreSum(Task task, const torch::Tensor& output, const torch::Tensor& target,
                              double loss);

}  // namespace a2q
