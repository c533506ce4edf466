// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/optim/optimizer.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/base/result.h"
#include "core/network/train_spec.h"
#include "core/training/run_record.h"
#include "core/training/torch/graph_model.h"

namespace a2q {

/// The optimizer of one phase of a training: steps at the scheduled rate, and its state by name.
class PhaseOptimizer {
 public:
  PhaseOptimizer(const TrainSpec& spec, const GraphModel& model);

  /// The learning rate at a moment, `progress` in epochs from 0.
  [[nodiscard]] double learningRate(double progress) const;

  void clearGradients();
  /// Clips the gradient when the specification says so, then takes one step.
  void step(double learning_rate);

  [[nodiscard]] bool parametersFinite() const;

  /// The state by "<parameter>.<state>".
  [[nodiscard]] std::vector<NamedTensor> state() const;
  /// Sets what state() gave. Errors: kFileFormat when it belongs to other parameters.
  [[nodiscard]] Status load(const std::vector<NamedTensor>& state);

 private:
  TrainSpec spec_;
  std::vector<std::pair<std::string, torch::Tensor>> named_;
  std::vector<torch::Tensor> parameters_;
  std::unique_ptr<torch::optim::Optimizer> optimizer_;
};

}  // namespace a2q
