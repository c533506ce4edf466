// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/bounds/certificate.h"
#include "core/network/experiment.h"
#include "core/training/scalar_series.h"

namespace a2q {

/// How a run ended. Only the first is what was asked for; none of them is a crash.
enum class RunState { kFinished, kStopped, kDiverged, kOutOfMemory };

/// "finished", "stopped", "diverged", "out of memory".
[[nodiscard]] std::string_view stateName(RunState state);

/// What a training does at the moment: float training for the weights to start from, or training
/// with the method of the specification.
enum class TrainPhase { kFloat, kMain };

/// "float", "main".
[[nodiscard]] std::string_view phaseName(TrainPhase phase);

/// "epoch 3", "float epoch 3".
[[nodiscard]] std::string epochName(TrainPhase phase, std::int64_t epoch);

/// What a score is: the share of right classes, 0..1, or the peak signal-to-noise ratio in dB.
enum class Metric { kAccuracy, kPsnr };

/// "accuracy", "PSNR".
[[nodiscard]] std::string_view metricName(Metric metric);

/// What files and JSON call it: "accuracy", "psnr_db".
[[nodiscard]] std::string_view metricKey(Metric metric);

/// "98.85 %" or "27.31 dB".
[[nodiscard]] std::string scoreText(Metric metric, double score);

/// The part of a layer's state that is told with every step.
struct LayerScalars {
  std::int64_t largest_l1 = 0;  ///< ‖q‖₁ of the channel where it is largest
  std::int64_t zeros = 0;       ///< weights that are zero
};

/// Where a running training stands; loss and score are means over the epoch so far.
struct StepReport {
  TrainPhase phase = TrainPhase::kMain;
  std::int64_t epoch = 0;  ///< from 1, within the phase
  std::int64_t epochs = 0;
  std::int64_t batch = 0;  ///< from 1, within the epoch
  std::int64_t batches = 0;
  std::int64_t step = 0;  ///< from 1, over both phases
  Metric metric = Metric::kAccuracy;
  double loss = 0;
  double score = 0;
  double batch_loss = 0;
  double batch_score = 0;
  double learning_rate = 0;
  double penalty = 0;                       ///< λ-weighted, of this batch
  std::optional<double> worst_margin_bits;  ///< least margin of a layer with a target P
  std::optional<double> sparsity;           ///< share of zero weights, 0..1; none: float network
  std::vector<LayerScalars> layers;         ///< of the layers that are quantized, in order
  double seconds = 0;                       ///< of training, resumed parts included
  std::optional<double> seconds_left;       ///< none until it is stable
};

/// What one epoch brought.
struct EpochRecord {
  TrainPhase phase = TrainPhase::kMain;
  std::int64_t epoch = 0;  ///< from 1, within the phase
  Metric metric = Metric::kAccuracy;
  double train_loss = 0;
  double train_score = 0;
  double test_loss = 0;
  double test_score = 0;
  double learning_rate = 0;
  double penalty = 0;  ///< λ-weighted, mean over the batches
  std::optional<double> worst_margin_bits;
  std::optional<double> sparsity;
  double seconds = 0;  ///< of this epoch, test included
  bool operator==(const EpochRecord&) const = default;
};

/// One layer at one moment, per output channel: exact integers from the pass that trained.
struct LayerSnapshot {
  std::string layer;
  std::optional<BitWidth> accumulator;
  std::optional<L1Budget> budget;
  IntegerRange inputs;
  DotLength k = 0;
  std::vector<SignedSums> channels;
  std::int64_t zeros = 0;  ///< weights that are zero
  /// How many weights have each integer, from −L to L; above 8 bits 2^(M−8) integers share a bin.
  std::vector<std::int64_t> levels;
};

enum class TensorType { kFloat32, kFloat64, kInt32, kInt64, kUint8 };

/// A tensor by name, row-major, in the bytes of this machine.
struct NamedTensor {
  std::string name;
  TensorType type = TensorType::kFloat32;
  std::vector<std::int64_t> shape;
  std::vector<std::byte> bytes;
};

/// Everything a finished, stopped or diverged run leaves behind.
struct RunRecord {
  Experiment experiment;
  RunState state = RunState::kFinished;
  std::string state_cause;  ///< why it stopped or diverged
  std::string data_source;
  std::string backend;  ///< LibTorch version, device and threads
  Metric metric = Metric::kAccuracy;
  double seconds = 0;  ///< of training, resumed parts included
  ScalarSeries steps;  ///< a row a step
  std::vector<EpochRecord> epochs;
  std::vector<IntegerWeights> weights;  ///< of the layers that are quantized
  std::vector<NamedTensor> parameters;  ///< learned values and running statistics
  Certificate certificate;
};

/// Least margin in bits over the layers with a target, decided on exact ranges.
[[nodiscard]] std::optional<double> worstMarginBits(const std::vector<LayerSnapshot>& layers);

/// Share of zero weights over all snapshots; none when there are none.
[[nodiscard]] std::optional<double> sparsityOf(const std::vector<LayerSnapshot>& layers);

/// What is told of every layer with every step.
[[nodiscard]] std::vector<LayerScalars> scalarsOf(const std::vector<LayerSnapshot>& layers);

}  // namespace a2q
