// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/torch/phase_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/training/step_series.h"
#include "core/training/torch/evaluation.h"
#include "core/training/torch/scoring.h"

namespace a2q {
namespace {

using torch::Tensor;
using Clock = std::chrono::steady_clock;

constexpr double kCheckpointSeconds = 300;

double secondsSince(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

/// The two phases draw their batches in different orders.
std::int64_t dataEpoch(TrainPhase phase, std::int64_t epoch) {
  constexpr std::int64_t kFloatEpochs = 1'000'000'000;
  return phase == TrainPhase::kFloat ? kFloatEpochs + epoch : epoch;
}

/// The quantized layers, in the order in which every step tells of them.
std::vector<std::string> quantizedLayers(const NetworkSpec& network, const NetworkGraph& graph,
                                         const QuantPlan& plan) {
  std::vector<std::string> names;
  for (const WeightPlan& layer : plan.weights) {
    if (layer.method == QuantMethod::kFloat) continue;
    names.push_back(network.layers[graph.nodes[layer.node].layer].name);
  }
  return names;
}

}  // namespace

TrainSession::TrainSession(const TrainJob& of, const NetworkGraph& shapes, const QuantPlan& plan,
                           torch::Device on, TrainObserver& watcher, const RunControl& commands)
    : job(of), graph(shapes), device(on), observer(watcher), control(commands) {
  record.experiment = job.experiment;
  record.data_source = fmt::format("{}: {}", job.data.source, countsText(job.data));
  record.metric = metricOf(job.data.task);
  record.steps = newStepSeries(quantizedLayers(job.experiment.network, graph, plan));
  if (job.resume == nullptr) return;
  record.epochs = job.resume->epochs;
  if (job.resume->steps.columns() == record.steps.columns()) record.steps = job.resume->steps;
  seconds_before_ = job.resume->seconds;
  steps_before = static_cast<std::int64_t>(record.steps.rows());
}

const InputLayer& TrainSession::inputLayer() const {
  return std::get<InputLayer>(job.experiment.network.layers[graph.nodes.front().layer].kind);
}

void TrainSession::end(RunState state, std::string cause) {
  record.state = state;
  record.state_cause = std::move(cause);
}

double TrainSession::seconds() const { return seconds_before_ + secondsSince(start_); }

PhaseRun::PhaseRun(TrainSession& session, GraphModel& model, BatchFeeder& feeder, TrainPhase phase,
                   const TrainSpec& spec)
    : session_(session),
      model_(model),
      feeder_(feeder),
      phase_(phase),
      spec_(spec),
      optimizer_(spec, model),
      position_{phase, 1, 0},
      next_checkpoint_(session.seconds() + kCheckpointSeconds) {}

Status PhaseRun::resume(const Checkpoint& checkpoint) {
  if (auto loaded = model_.load(checkpoint.parameters, LoadScope::kAll); !loaded) return loaded;
  if (auto loaded = optimizer_.load(checkpoint.optimizer); !loaded) return loaded;
  position_ = checkpoint.position;
  sums_ = checkpoint.sums;
  if (position_.batch > feeder_.batches()) {
    return fail(
        ErrorCode::kFileFormat, "the checkpoint is of a training on other data",
        fmt::format("it stands at batch {} of an epoch of {}", position_.batch, feeder_.batches()),
        "Resume with the data and the batch size it was written with.");
  }
  return {};
}

void PhaseRun::run() {
  while (session_.running() && position_.epoch <= spec_.epochs && !exhausted()) runEpoch();
}

/// Whether too many epochs went by without a better test score.
bool PhaseRun::exhausted() const {
  if (phase_ == TrainPhase::kFloat || spec_.early_stop == 0) return false;
  const EpochRecord* best = bestEpoch(session_.record.epochs);
  if (best == nullptr || position_.epoch - 1 - best->epoch < spec_.early_stop) return false;
  session_.record.state_cause =
      fmt::format("stopped early: no better test result in {} epochs", spec_.early_stop);
  return true;
}

void PhaseRun::runEpoch() {
  feeder_.start(dataEpoch(phase_, position_.epoch), position_.batch);
  batch_start_ = Clock::now();
  while (position_.batch < feeder_.batches()) {
    if (!session_.control.proceed()) {
      checkpoint(CheckpointKind::kLast);
      return session_.end(RunState::kStopped, "stopped on request");
    }
    trainBatch();
    if (!session_.running()) return;
    if (session_.seconds() >= next_checkpoint_) checkpoint(CheckpointKind::kLast);
  }
  endEpoch();
}

void PhaseRun::trainBatch() {
  const Task task = session_.job.data.task;
  const double progress =
      static_cast<double>(position_.epoch - 1) +
      static_cast<double>(position_.batch) / static_cast<double>(feeder_.batches());
  const double rate = optimizer_.learningRate(progress);
  const Batch batch = feeder_.next();
  optimizer_.clearGradients();
  const Tensor output = model_.forward(batch.x, NormMode::kBatchStatistics);
  const Tensor loss = taskLoss(task, output, batch.target);
  const Tensor penalty = model_.penalty();
  const auto value = loss.item<double>();
  if (!std::isfinite(value)) {
    return session_.end(RunState::kDiverged,
                        fmt::format("the loss is not finite at {}, batch {}",
                                    epochName(phase_, position_.epoch), position_.batch + 1));
  }
  const double weighted = penalty.defined() ? spec_.penalty * penalty.item<double>() : 0;
  (penalty.defined() ? loss + spec_.penalty * penalty : loss).backward();
  readLayers();
  optimizer_.step(rate);
  const auto samples = static_cast<double>(batch.samples());
  sums_.loss += value * samples;
  const double score = scoreSum(task, output, batch.target, value);
  sums_.score += score;
  sums_.samples += samples;
  sums_.penalty += weighted;
  ++position_.batch;
  sums_.seconds += secondsSince(batch_start_);
  batch_start_ = Clock::now();
  report({value, score / samples}, rate, weighted);
}

void PhaseRun::report(BatchResult batch, double learning_rate, double penalty) {
  const StepReport step{phase_,
                        position_.epoch,
                        spec_.epochs,
                        position_.batch,
                        feeder_.batches(),
                        static_cast<std::int64_t>(session_.record.steps.rows()) + 1,
                        session_.record.metric,
                        sums_.loss / sums_.samples,
                        sums_.score / sums_.samples,
                        batch.loss,
                        batch.score,
                        learning_rate,
                        penalty,
                        worst_margin_,
                        sparsity_,
                        scalarsOf(layers_),
                        session_.seconds(),
                        secondsLeft()};
  appendStep(session_.record.steps, step);
  session_.observer.onStep(step);
  showSnapshot();
}

std::optional<double> PhaseRun::secondsLeft() const {
  constexpr std::int64_t kStableSteps = 20;
  const std::int64_t done =
      static_cast<std::int64_t>(session_.record.steps.rows()) + 1 - session_.steps_before;
  if (done < kStableSteps) return std::nullopt;
  const std::int64_t later =
      phase_ == TrainPhase::kFloat ? session_.job.experiment.training.epochs : 0;
  const std::int64_t left =
      (spec_.epochs - position_.epoch + 1 + later) * feeder_.batches() - position_.batch;
  const double before = session_.job.resume == nullptr ? 0 : session_.job.resume->seconds;
  return (session_.seconds() - before) / static_cast<double>(done) * static_cast<double>(left);
}

/// The integers of the pass that was just computed, before a step changes the weights; and, as
/// often as it costs at most 1 % of the time, the histograms of a snapshot. One more before a
/// pause: what is looked at meanwhile belongs together.
void PhaseRun::readLayers() {
  layers_ = model_.snapshot();
  worst_margin_ = worstMarginBits(layers_);
  sparsity_ = sparsityOf(layers_);
  const PauseGate* const gate = session_.control.gate;
  snapshot_due_ = session_.observer.snapshots() == Snapshots::kWanted &&
                  (session_.seconds() >= next_snapshot_ || (gate != nullptr && gate->paused()));
  if (!snapshot_due_) return;
  const Clock::time_point start = Clock::now();
  model_.addLevels(layers_);
  snapshot_cost_ = secondsSince(start);
}

void PhaseRun::showSnapshot() {
  constexpr double kLeastInterval = 0.1;
  constexpr double kIntervalPerCost = 100;
  if (!snapshot_due_) return;
  const Clock::time_point start = Clock::now();
  session_.observer.onSnapshot(layers_);
  const double cost = snapshot_cost_ + secondsSince(start);
  next_snapshot_ = session_.seconds() + std::max(kLeastInterval, kIntervalPerCost * cost);
}

void PhaseRun::endEpoch() {
  RunRecord& record = session_.record;
  if (!optimizer_.parametersFinite()) {
    return session_.end(RunState::kDiverged, fmt::format("a parameter is not finite after {}",
                                                         epochName(phase_, position_.epoch)));
  }
  const EvalResult test =
      evaluateModel(model_, session_.graph, session_.inputLayer(), session_.job.data,
                    DataPart::kTest, session_.device, session_.control);
  if (!session_.control.proceed()) {
    checkpoint(CheckpointKind::kLast);
    return session_.end(RunState::kStopped, "stopped on request");
  }
  if (!std::isfinite(test.loss)) {
    return session_.end(RunState::kDiverged, fmt::format("the test loss is not finite after {}",
                                                         epochName(phase_, position_.epoch)));
  }
  next_snapshot_ = 0;  // one after every epoch
  readLayers();
  showSnapshot();
  const EpochRecord* best = phase_ == TrainPhase::kMain ? bestEpoch(record.epochs) : nullptr;
  const bool better =
      phase_ == TrainPhase::kMain && (best == nullptr || test.score > best->test_score);
  record.epochs.push_back({phase_, position_.epoch, record.metric, sums_.loss / sums_.samples,
                           sums_.score / sums_.samples, test.loss, test.score,
                           optimizer_.learningRate(static_cast<double>(position_.epoch - 1)),
                           sums_.penalty / static_cast<double>(feeder_.batches()), worst_margin_,
                           sparsity_, sums_.seconds + secondsSince(batch_start_)});
  position_ = {phase_, position_.epoch + 1, 0};
  sums_ = {};
  session_.observer.onEpoch(record.epochs.back());
  checkpoint(CheckpointKind::kLast);
  if (better) checkpoint(CheckpointKind::kBest);
}

void PhaseRun::checkpoint(CheckpointKind kind) {
  next_checkpoint_ = session_.seconds() + kCheckpointSeconds;
  session_.observer.onCheckpoint(
      {session_.job.experiment, position_, sums_, session_.seconds(), session_.record.steps,
       session_.record.epochs, model_.resumableTensors(), optimizer_.state()},
      kind);
}

}  // namespace a2q
