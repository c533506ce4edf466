// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/base/run_control.h"
#include "core/data/data_set.h"
#include "core/training/checkpoint.h"
#include "core/training/run_record.h"
#include "core/training/trained_network.h"

namespace a2q {

/// Why a checkpoint is handed out.
enum class CheckpointKind {
  kLast,  ///< where to go on from: every epoch, every few minutes, and when the run stops
  kBest,  ///< the best test score so far
};

/// Whether an observer looks at per-channel snapshots; without a reader they are not taken.
enum class Snapshots { kWanted, kIgnored };

/// Watches a training from the training's own thread: return quickly, never throw.
class TrainObserver {
 public:
  virtual ~TrainObserver() = default;
  /// After every batch: the lossless lane.
  virtual void onStep(const StepReport& report) = 0;
  /// After every epoch, its test included.
  virtual void onEpoch(const EpochRecord& record) = 0;
  /// At most ten times a second and at most 1 % of the time, and after every epoch.
  virtual void onSnapshot(const std::vector<LayerSnapshot>& layers) = 0;
  virtual void onCheckpoint(const Checkpoint& /*checkpoint*/, CheckpointKind /*kind*/) {}
  [[nodiscard]] virtual Snapshots snapshots() const { return Snapshots::kWanted; }
};

/// Where and with how many threads a training computes.
struct ComputeOptions {
  std::string device = "cpu";  ///< "cpu", "cuda", "cuda:N", or "auto": CUDA where there is one
  int threads = 0;             ///< 0: the processors this process may use
};

/// What is trained, and from where.
struct TrainJob {
  const Experiment& experiment;
  const DataSet& data;
  ComputeOptions compute = {};
  /// Float weights the main phase starts from (importWeights()); null: none.
  const std::vector<NamedTensor>* float_weights = nullptr;
  /// Where to go on; null: from the beginning. Its experiment is replaced by the one above, which
  /// may differ in the training's settings.
  const Checkpoint* resume = nullptr;
};

/// Which weights a network is evaluated with.
enum class WeightsAs { kTrained, kFloat };

/// What is evaluated.
struct EvalJob {
  const Experiment& experiment;
  const std::vector<NamedTensor>& parameters;
  const DataSet& data;
  DataPart part = DataPart::kTest;  ///< the training part is not augmented
  WeightsAs weights = WeightsAs::kTrained;
  ComputeOptions compute = {};
};

/// What an evaluation found.
struct EvalResult {
  Metric metric = Metric::kAccuracy;
  double score = 0;
  double loss = 0;
  std::int64_t samples = 0;
  std::vector<double> photo_scores;  ///< PSNR of each photograph, in dB
  double seconds = 0;
};

/// The codes that a trained network gives at one activation quantizer for a batch of inputs.
struct TracedCodes {
  std::size_t node = 0;  ///< position in NetworkGraph::nodes
  Shape shape;
  std::vector<std::int32_t> codes;  ///< [samples, C, H, W]
  /// Codes that the single precision of training rounds the other way, from the same inputs, and
  /// how far the worst of them is from a tie, in codes.
  std::int64_t float_differences = 0;
  double farthest_from_tie = 0;
};

/// A fake-quantized network followed through a batch: in double precision, sums exact.
struct CodeTrace {
  std::vector<TracedCodes> activations;  ///< in running order
  Shape output_shape;
  std::vector<double> output;  ///< real values of the result, [samples, C, H, W]
};

/// A trained network that tells its codes.
class CodeTracer {
 public:
  virtual ~CodeTracer() = default;
  /// `codes`: [samples, C, H, W], in the format of the input layer. Errors: kOutOfMemory.
  [[nodiscard]] virtual Result<CodeTrace> trace(std::span<const std::int32_t> codes,
                                                std::int64_t samples, const Shape& shape) = 0;
};

/// Trains and evaluates networks.
class Trainer {
 public:
  virtual ~Trainer() = default;
  /// Stop and pause act at the next batch; a stopped, diverged or memory-starved run is returned as
  /// a record with its state, everything trained so far in it. Errors: a network or data that do
  /// not fit, weights or a checkpoint of another network, a device that is not there.
  [[nodiscard]] virtual Result<RunRecord> train(const TrainJob& job, TrainObserver& observer,
                                                const RunControl& control) = 0;
  /// A stopped evaluation is of the samples seen. Errors: as above.
  [[nodiscard]] virtual Result<EvalResult> evaluate(const EvalJob& job,
                                                    const RunControl& control) = 0;
  /// The integers of a trained network and what they stand for. Errors: a network that does not
  /// fit its parameters, or is not quantized (kNotLowered).
  [[nodiscard]] virtual Result<TrainedNetwork> integers(
      const Experiment& experiment, const std::vector<NamedTensor>& parameters) = 0;
  /// The trained network itself, to compare codes with. Errors: as above.
  [[nodiscard]] virtual Result<std::unique_ptr<CodeTracer>> openTracer(
      const Experiment& experiment, const std::vector<NamedTensor>& parameters,
      const ComputeOptions& compute) = 0;
  /// The tensors of a PyTorch file (torch.save); nothing in it is executed. Errors: kReadFailed,
  /// kFileFormat.
  [[nodiscard]] virtual Result<std::vector<NamedTensor>> readStateDict(
      const std::filesystem::path& path) = 0;
  /// "LibTorch 1.13.1".
  [[nodiscard]] virtual std::string backendName() const = 0;
  /// CUDA devices that a training can use; 0 without CUDA.
  [[nodiscard]] virtual int cudaDevices() const = 0;
};

/// Opens the learning library (LibTorch) on first use, so that programs that never train start
/// without it. Sets OMP_WAIT_POLICY and GOMP_SPINCOUNT, unless they are set, before OpenMP reads
/// them: idle threads must not spin other processes away.
[[nodiscard]] Result<Trainer*> openTrainer();

}  // namespace a2q
