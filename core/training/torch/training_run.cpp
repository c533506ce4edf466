// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/torch/training_run.h"

#include <fmt/format.h>

#include <memory>
#include <new>
#include <utility>

#include "core/training/data_fit.h"
#include "core/training/torch/code_trace.h"
#include "core/training/torch/evaluation.h"
#include "core/training/torch/float_start.h"
#include "core/training/torch/phase_run.h"
#include "core/training/torch/torch_errors.h"

namespace a2q {
namespace {

/// A specification whose shapes and quantization are known to be sound.
struct Plans {
  NetworkGraph graph;
  QuantPlan main;
  QuantPlan floating;
};

Result<Plans> plansOf(const Experiment& experiment) {
  auto graph = inferShapes(experiment.network);
  if (!graph) return forward(std::move(graph));
  auto main = planQuantization(experiment.network, *graph, experiment.quant);
  if (!main) return forward(std::move(main));
  QuantSpec float_spec;
  float_spec.method = QuantMethod::kFloat;
  auto floating = planQuantization(experiment.network, *graph, float_spec);
  if (!floating) return forward(std::move(floating));
  return Plans{std::move(*graph), std::move(*main), std::move(*floating)};
}

TrainSpec floatPhaseOf(const TrainSpec& spec) {
  TrainSpec out = spec;
  out.epochs = spec.float_phase.epochs;
  if (spec.float_phase.learning_rate > 0) out.learning_rate = spec.float_phase.learning_rate;
  out.early_stop = 0;
  return out;
}

/// One training, from the first batch that is left to the record.
class TrainingRun {
 public:
  TrainingRun(const TrainJob& job, const Plans& plans, torch::Device device,
              TrainObserver& observer, const RunControl& control)
      : session_(job, plans.graph, plans.main, device, observer, control),
        plans_(plans),
        feeder_(job.data, job.experiment, session_.inputLayer(), device) {}

  Result<RunRecord> run() {
    try {
      if (auto trained = train(); !trained) return forward(std::move(trained));
    } catch (const c10::Error& error) {
      if (!isOutOfMemory(error)) throw;
      session_.end(RunState::kOutOfMemory, "memory did not suffice for a batch");
    } catch (const std::bad_alloc&) {
      session_.end(RunState::kOutOfMemory, "memory did not suffice for a batch");
    }
    finish();
    return std::move(session_.record);
  }

 private:
  [[nodiscard]] const TrainSpec& spec() const { return session_.job.experiment.training; }
  [[nodiscard]] const Checkpoint* resumed(TrainPhase phase) const {
    const Checkpoint* from = session_.job.resume;
    return from != nullptr && from->position.phase == phase ? from : nullptr;
  }

  std::unique_ptr<GraphModel> makeModel(const QuantPlan& plan) const {
    return std::make_unique<GraphModel>(session_.job.experiment.network, plans_.graph, plan,
                                        spec().seed, session_.device);
  }

  /// The float phase when one is wanted, then the main one.
  Status train() {
    std::vector<NamedTensor> weights;
    if (session_.job.float_weights != nullptr) weights = *session_.job.float_weights;
    const bool wanted = spec().float_phase.epochs > 0 && weights.empty();
    const Checkpoint* const main = resumed(TrainPhase::kMain);
    if (main == nullptr && (wanted || resumed(TrainPhase::kFloat) != nullptr)) {
      if (auto trained = trainFloat(); !trained || !session_.running()) return trained;
      weights = model_->namedTensors();
    }
    model_ = makeModel(plans_.main);
    if (main == nullptr && !weights.empty()) {
      const auto reference = makeModel(plans_.floating);
      auto started = startFromFloat(*model_, *reference, weights, feeder_,
                                    spec().calibration_batches, session_.control);
      if (!started) return started;
      // Measured in part it is no start: the float checkpoint stays the one to go on from.
      if (!session_.control.proceed()) {
        session_.end(RunState::kStopped, "stopped on request");
        return {};
      }
    }
    return trainPhase(TrainPhase::kMain, spec());
  }

  Status trainFloat() {
    model_ = makeModel(plans_.floating);
    return trainPhase(TrainPhase::kFloat, floatPhaseOf(spec()));
  }

  Status trainPhase(TrainPhase phase, const TrainSpec& phase_spec) {
    PhaseRun run(session_, *model_, feeder_, phase, phase_spec);
    if (const Checkpoint* from = resumed(phase); from != nullptr) {
      if (auto taken = run.resume(*from); !taken) return taken;
    }
    run.run();
    return {};
  }

  void finish() {
    RunRecord& record = session_.record;
    record.seconds = session_.seconds();
    if (model_ == nullptr) return;
    record.parameters = model_->namedTensors();
    // What is no number has no integers, and so no certificate.
    if (!finite()) {
      if (record.state == RunState::kFinished || record.state == RunState::kStopped) {
        session_.end(RunState::kDiverged, "a parameter is not finite");
      }
      return;
    }
    record.weights = model_->integerWeights();
    record.certificate = certify(record.weights);
  }

  [[nodiscard]] bool finite() const {
    for (const auto& [name, tensor] : model_->state()) {
      if (!tensor.detach().isfinite().all().item<bool>()) return false;
    }
    return true;
  }

  TrainSession session_;
  const Plans& plans_;
  BatchFeeder feeder_;
  std::unique_ptr<GraphModel> model_;
};

}  // namespace

Result<RunRecord> runTraining(const TrainJob& job, torch::Device device, TrainObserver& observer,
                              const RunControl& control) {
  auto plans = plansOf(job.experiment);
  if (!plans) return forward(std::move(plans));
  for (const DataPart part : {DataPart::kTrain, DataPart::kTest}) {
    auto fits = checkFit(job.experiment.network, plans->graph, job.data, part);
    if (!fits) return forward(std::move(fits));
  }
  warnOfClippedInputs(job.experiment.network, plans->graph, job.data);
  const Shape& input = plans->graph.nodes.front().output;
  auto possible =
      checkAugment(job.experiment.data.augment, job.data.task, {input.height, input.width});
  if (!possible) return forward(std::move(possible));
  return TrainingRun(job, *plans, device, observer, control).run();
}

Result<EvalResult> runEvaluation(const EvalJob& job, torch::Device device,
                                 const RunControl& control) {
  auto plans = plansOf(job.experiment);
  if (!plans) return forward(std::move(plans));
  const NetworkSpec& network = job.experiment.network;
  if (auto fits = checkFit(network, plans->graph, job.data, job.part); !fits) {
    return forward(std::move(fits));
  }
  const bool as_float = job.weights == WeightsAs::kFloat;
  GraphModel model(network, plans->graph, as_float ? plans->floating : plans->main,
                   job.experiment.training.seed, device);
  auto loaded = model.load(job.parameters, as_float ? LoadScope::kFloatOnly : LoadScope::kAll);
  if (!loaded) return forward(std::move(loaded));
  const auto& input = std::get<InputLayer>(network.layers[plans->graph.nodes.front().layer].kind);
  return evaluateModel(model, plans->graph, input, job.data, job.part, device, control);
}

namespace {

/// A quantized network with its learned values.
struct LoadedModel {
  NetworkGraph graph;
  std::unique_ptr<GraphModel> model;
};

Result<LoadedModel> loadQuantized(const Experiment& experiment,
                                  const std::vector<NamedTensor>& parameters,
                                  torch::Device device) {
  if (experiment.quant.method == QuantMethod::kFloat) {
    return fail(ErrorCode::kNotLowered, "a float network has no integers",
                "it was trained with method float",
                "Train it with qat, a2q or a2q+; 'a2q train SPEC --from FILE' starts from these "
                "weights.");
  }
  auto plans = plansOf(experiment);
  if (!plans) return forward(std::move(plans));
  auto model = std::make_unique<GraphModel>(experiment.network, plans->graph, plans->main,
                                            experiment.training.seed, device);
  if (auto loaded = model->load(parameters, LoadScope::kAll); !loaded) {
    return forward(std::move(loaded));
  }
  for (const auto& [name, tensor] : model->state()) {
    const bool finite = tensor.detach().isfinite().all().item<bool>();
    const bool negative = name.ends_with(".running_var") && (tensor < 0).any().item<bool>();
    if (finite && !negative) continue;
    return fail(ErrorCode::kNotLowered, "the network has no integers",
                fmt::format("'{}' {}", name, finite ? "is below zero" : "is not finite"),
                "Train it again: the run diverged or the file is damaged.");
  }
  return LoadedModel{std::move(plans->graph), std::move(model)};
}

}  // namespace

Result<TrainedNetwork> readIntegers(const Experiment& experiment,
                                    const std::vector<NamedTensor>& parameters) {
  auto loaded = loadQuantized(experiment, parameters, torch::kCPU);
  if (!loaded) return forward(std::move(loaded));
  return trainedNetworkOf(experiment.network, loaded->graph, *loaded->model);
}

Result<std::unique_ptr<CodeTracer>> openCodeTracer(const Experiment& experiment,
                                                   const std::vector<NamedTensor>& parameters,
                                                   torch::Device device) {
  auto loaded = loadQuantized(experiment, parameters, device);
  if (!loaded) return forward(std::move(loaded));
  return std::make_unique<TorchCodeTracer>(std::move(loaded->graph), std::move(loaded->model),
                                           device);
}

}  // namespace a2q
