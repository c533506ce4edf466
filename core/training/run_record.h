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

namespace a2q {

/// How a run ended. Diverged and stopped are results, not crashes.
enum class RunState { kFinished, kStopped, kDiverged };

[[nodiscard]] std::string_view stateName(RunState state);

/// Where a running training stands; loss and accuracy are means over the epoch so far.
struct StepReport {
  std::int64_t epoch = 0;  ///< from 1
  std::int64_t epochs = 0;
  std::int64_t batch = 0;  ///< from 1, within the epoch
  std::int64_t batches = 0;
  double loss = 0;
  double accuracy = 0;                      ///< 0..1
  std::optional<double> worst_margin_bits;  ///< least margin of a layer with a target P
  std::optional<double> sparsity;           ///< share of zero weights, 0..1; none: float network
  double seconds = 0;                       ///< since the start of the run
  std::optional<double> seconds_left;       ///< none until it is stable
};

/// What one epoch brought.
struct EpochRecord {
  std::int64_t epoch = 0;  ///< from 1
  double train_loss = 0;
  double train_accuracy = 0;
  double test_loss = 0;
  double test_accuracy = 0;
  double learning_rate = 0;
  double penalty = 0;  ///< λ-weighted, mean over the batches
  std::optional<double> worst_margin_bits;
  std::optional<double> sparsity;
  double seconds = 0;  ///< of this epoch, test included
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
  std::vector<EpochRecord> epochs;
  std::vector<IntegerWeights> weights;  ///< of the layers that are quantized
  std::vector<NamedTensor> parameters;  ///< learned values and running statistics
  Certificate certificate;
};

/// Least margin in bits over the layers with a target, decided on exact ranges.
[[nodiscard]] std::optional<double> worstMarginBits(const std::vector<LayerSnapshot>& layers);

/// Share of zero weights over all snapshots; none when there are none.
[[nodiscard]] std::optional<double> sparsityOf(const std::vector<LayerSnapshot>& layers);

}  // namespace a2q
