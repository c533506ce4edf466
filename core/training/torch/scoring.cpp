// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/torch/scoring.h"

#include <torch/nn/functional/loss.h>

#include <algorithm>
#include <cmath>

namespace a2q {

using torch::Tensor;

Metric metricOf(Task task) {
  return task == Task::kClassification ? Metric::kAccuracy : Metric::kPsnr;
}

Tensor taskLoss(Task task, const Tensor& output, const Tensor& target) {
  if (task == Task::kClassification) {
    return torch::nn::functional::cross_entropy(output.flatten(1), target);
  }
  return torch::mse_loss(output, target);
}

double scoreSum(Task task, const Tensor& output, const Tensor& target, double loss) {
  if (task == Task::kClassification) {
    return (output.detach().flatten(1).argmax(1) == target).sum().item<double>();
  }
  constexpr double kLeast = 1e-10;  // 100 dB, where equal images are
  return -10 * std::log10(std::max(loss, kLeast)) * static_cast<double>(target.size(0));
}

}  // namespace a2q
