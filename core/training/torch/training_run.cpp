// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/torch/training_run.h"

#include <fmt/format.h>
#include <torch/nn/functional/loss.h>
#include <torch/optim/adam.h>
#include <torch/optim/sgd.h>

#include <chrono>
#include <cmath>
#include <memory>
#include <numbers>
#include <utility>

#include "core/training/torch/batch_feeder.h"
#include "core/training/torch/graph_model.h"

namespace a2q {
namespace {

using torch::Tensor;
using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

template <class Options>
std::vector<torch::optim::OptimizerParamGroup> optimizerGroups(const ParameterGroups& groups,
                                                               Options options, double decay) {
  const auto group = [](const std::vector<Tensor>& parameters, Options settings) {
    return torch::optim::OptimizerParamGroup(parameters, std::make_unique<Options>(settings));
  };
  Options free = options;
  free.weight_decay(0);
  options.weight_decay(decay);
  std::vector<torch::optim::OptimizerParamGroup> out{group(groups.decayed, options)};
  if (!groups.free.empty()) out.push_back(group(groups.free, free));
  return out;
}

std::unique_ptr<torch::optim::Optimizer> makeOptimizer(const TrainSpec& spec,
                                                       const ParameterGroups& groups) {
  if (spec.optimizer == OptimizerKind::kAdam) {
    const torch::optim::AdamOptions options(spec.learning_rate);
    return std::make_unique<torch::optim::Adam>(optimizerGroups(groups, options, spec.weight_decay),
                                                options);
  }
  torch::optim::SGDOptions options(spec.learning_rate);
  options.momentum(spec.momentum);
  return std::make_unique<torch::optim::SGD>(optimizerGroups(groups, options, spec.weight_decay),
                                             options);
}

/// The learning rate at a moment of the training, `progress` in epochs from 0.
double learningRate(const TrainSpec& spec, double progress) {
  const ScheduleSpec& schedule = spec.schedule;
  const double epoch = std::floor(progress);
  switch (schedule.kind) {
    case ScheduleKind::kConstant: return spec.learning_rate;
    case ScheduleKind::kStep:
      return spec.learning_rate *
             std::pow(schedule.factor, std::floor(epoch / static_cast<double>(schedule.every)));
    case ScheduleKind::kExponential: return spec.learning_rate * std::pow(schedule.factor, epoch);
    case ScheduleKind::kCosine:
      return spec.learning_rate * 0.5 *
             (1 + std::cos(std::numbers::pi * progress / static_cast<double>(spec.epochs)));
  }
  return spec.learning_rate;
}

/// Sums over the samples seen so far.
struct Score {
  double loss = 0;
  double correct = 0;
  double samples = 0;

  void add(double mean_loss, double right, double count) {
    loss += mean_loss * count;
    correct += right;
    samples += count;
  }
  [[nodiscard]] double meanLoss() const { return samples > 0 ? loss / samples : 0; }
  [[nodiscard]] double accuracy() const { return samples > 0 ? correct / samples : 0; }
};

double countCorrect(const Tensor& scores, const Tensor& labels) {
  return (scores.argmax(1) == labels).sum().item<double>();
}

Tensor classLoss(const Tensor& scores, const Tensor& labels) {
  return torch::nn::functional::cross_entropy(scores, labels);
}

const LayerSpec& layerOfNode(const NetworkSpec& network, const GraphNode& node) {
  return network.layers[node.layer];
}

/// The data must have the network's input shape and no more classes than it has outputs.
Status checkFit(const NetworkSpec& network, const NetworkGraph& graph, const DataSet& data) {
  const Shape& input = graph.nodes.front().output;
  if (!(data.train.shape == input)) {
    return fail(ErrorCode::kDataShape,
                fmt::format("the network '{}' takes {} inputs, the data '{}' has {}", network.name,
                            toString(input), data.name, toString(data.train.shape)));
  }
  const Shape& output = graph.nodes.back().output;
  if (output.size() != output.channels || output.channels < data.train.classes) {
    return fail(ErrorCode::kDataShape,
                fmt::format("the network '{}' gives {} outputs, the data '{}' has {} classes",
                            network.name, toString(output), data.name, data.train.classes));
  }
  if (data.train.count() == 0 || data.test.count() == 0) {
    return fail(ErrorCode::kDataShape, fmt::format("the data '{}' has no samples", data.name));
  }
  return {};
}

/// One training from the first batch to the record.
class TrainingRun {
 public:
  TrainingRun(const Experiment& experiment, const DataSet& data, const NetworkGraph& graph,
              const QuantPlan& plan, torch::Device device, TrainObserver& observer,
              const RunControl& control)
      : spec_(experiment.training),
        observer_(observer),
        control_(control),
        model_(experiment.network, graph, plan, spec_.seed, device),
        parameters_(model_.parameterGroups()),
        optimizer_(makeOptimizer(spec_, parameters_)),
        train_(data.train, inputScale(experiment.network, graph), spec_.batch_size, device),
        test_(data.test, inputScale(experiment.network, graph), kTestBatch, device) {
    record_.experiment = experiment;
    record_.data_source = fmt::format("{}: {} training and {} test images", data.source,
                                      data.train.count(), data.test.count());
  }

  RunRecord run() {
    for (std::int64_t epoch = 1; epoch <= spec_.epochs && running(); ++epoch) runEpoch(epoch);
    record_.parameters = model_.namedTensors();
    // What is no number has no integers, and so no certificate.
    if (parametersFinite()) {
      record_.weights = model_.integerWeights();
      record_.certificate = certify(record_.weights);
    } else if (record_.state != RunState::kDiverged) {
      end(RunState::kDiverged, "a parameter is not finite");
    }
    return std::move(record_);
  }

 private:
  static constexpr std::int64_t kTestBatch = 500;

  static double inputScale(const NetworkSpec& network, const NetworkGraph& graph) {
    return std::get<InputLayer>(layerOfNode(network, graph.nodes.front()).kind).scale;
  }

  [[nodiscard]] bool running() const { return record_.state == RunState::kFinished; }

  void end(RunState state, std::string cause) {
    record_.state = state;
    record_.state_cause = std::move(cause);
  }

  void runEpoch(std::int64_t epoch) {
    const Clock::time_point start = Clock::now();
    train_.shuffle(spec_.seed, epoch);
    Score score;
    double penalty = 0;
    for (std::int64_t batch = 1; batch <= train_.batches(); ++batch) {
      if (!control_.proceed()) return end(RunState::kStopped, "stopped on request");
      penalty += trainBatch(epoch, batch, score);
      if (!running()) return;
      report(epoch, batch, score);
    }
    if (!parametersFinite()) {
      return end(RunState::kDiverged,
                 fmt::format("a parameter is not finite after epoch {}", epoch));
    }
    const std::optional<Score> test = evaluate();
    if (!test) return end(RunState::kStopped, "stopped on request");
    if (!std::isfinite(test->loss)) {
      return end(RunState::kDiverged,
                 fmt::format("the test loss is not finite after epoch {}", epoch));
    }
    takeSnapshot();
    record_.epochs.push_back({epoch, score.meanLoss(), score.accuracy(), test->meanLoss(),
                              test->accuracy(), learningRate(spec_, static_cast<double>(epoch - 1)),
                              penalty / static_cast<double>(train_.batches()), worst_margin_,
                              sparsity_, secondsSince(start)});
    observer_.onEpoch(record_.epochs.back());
  }

  /// One optimizer step; returns the weighted penalty.
  double trainBatch(std::int64_t epoch, std::int64_t index, Score& score) {
    const double progress = static_cast<double>(epoch - 1) +
                            static_cast<double>(index - 1) / static_cast<double>(train_.batches());
    for (auto& group : optimizer_->param_groups()) {
      group.options().set_lr(learningRate(spec_, progress));
    }
    const Batch batch = train_.batch(index - 1);
    for (const auto& group : {parameters_.decayed, parameters_.free}) {
      for (const Tensor& parameter : group) parameter.mutable_grad() = Tensor();
    }
    const Tensor scores = model_.forward(batch.x, NormMode::kBatchStatistics).flatten(1);
    const Tensor loss = classLoss(scores, batch.labels);
    const Tensor penalty = model_.penalty();
    const auto value = loss.item<double>();
    if (!std::isfinite(value)) {
      end(RunState::kDiverged,
          fmt::format("the loss is not finite at epoch {}, batch {}", epoch, index));
      return 0;
    }
    const double weighted = penalty.defined() ? spec_.penalty * penalty.item<double>() : 0;
    (penalty.defined() ? loss + spec_.penalty * penalty : loss).backward();
    optimizer_->step();
    score.add(value, countCorrect(scores.detach(), batch.labels),
              static_cast<double>(batch.labels.size(0)));
    return weighted;
  }

  void report(std::int64_t epoch, std::int64_t batch, const Score& score) {
    constexpr double kSnapshotSeconds = 0.1;
    const double now = secondsSince(start_);
    if (now - last_snapshot_ >= kSnapshotSeconds) takeSnapshot();
    const std::int64_t done = (epoch - 1) * train_.batches() + batch;
    observer_.onStep({epoch, spec_.epochs, batch, train_.batches(), score.meanLoss(),
                      score.accuracy(), worst_margin_, sparsity_, now, secondsLeft(done, now)});
  }

  [[nodiscard]] std::optional<double> secondsLeft(std::int64_t done, double now) const {
    constexpr std::int64_t kStableSteps = 20;
    if (done < kStableSteps) return std::nullopt;
    const double total = static_cast<double>(spec_.epochs * train_.batches());
    return now * (total / static_cast<double>(done) - 1);
  }

  void takeSnapshot() {
    const std::vector<LayerSnapshot> layers = model_.snapshot();
    worst_margin_ = worstMarginBits(layers);
    sparsity_ = sparsityOf(layers);
    last_snapshot_ = secondsSince(start_);
    observer_.onSnapshot(layers);
  }

  [[nodiscard]] bool parametersFinite() const {
    for (const auto& group : {parameters_.decayed, parameters_.free}) {
      for (const Tensor& parameter : group) {
        if (!parameter.detach().isfinite().all().item<bool>()) return false;
      }
    }
    return true;
  }

  std::optional<Score> evaluate() {
    const torch::NoGradGuard guard;
    Score score;
    for (std::int64_t i = 0; i < test_.batches(); ++i) {
      if (!control_.proceed()) return std::nullopt;
      const Batch batch = test_.batch(i);
      const Tensor scores = model_.forward(batch.x, NormMode::kRunningStatistics).flatten(1);
      score.add(classLoss(scores, batch.labels).item<double>(), countCorrect(scores, batch.labels),
                static_cast<double>(batch.labels.size(0)));
    }
    return score;
  }

  const TrainSpec spec_;
  TrainObserver& observer_;
  const RunControl& control_;
  GraphModel model_;
  ParameterGroups parameters_;
  std::unique_ptr<torch::optim::Optimizer> optimizer_;
  BatchFeeder train_;
  BatchFeeder test_;
  RunRecord record_;
  Clock::time_point start_ = Clock::now();
  double last_snapshot_ = -1;
  std::optional<double> worst_margin_;
  std::optional<double> sparsity_;
};

}  // namespace

Result<RunRecord> runTraining(const Experiment& experiment, const DataSet& data,
                              torch::Device device, TrainObserver& observer,
                              const RunControl& control) {
  auto graph = inferShapes(experiment.network);
  if (!graph) return forward(std::move(graph));
  auto plan = planQuantization(experiment.network, *graph, experiment.quant);
  if (!plan) return forward(std::move(plan));
  if (auto fit = checkFit(experiment.network, *graph, data); !fit) return forward(std::move(fit));
  return TrainingRun(experiment, data, *graph, *plan, device, observer, control).run();
}

}  // namespace a2q
