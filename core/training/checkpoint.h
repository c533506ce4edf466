// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include "core/base/result.h"
#include "core/training/run_record.h"

namespace a2q {

/// The next batch of a training. Data order, augmentation and initial weights are pure functions of
/// the seed and of this position, so that it is all the state of randomness there is.
struct TrainPosition {
  TrainPhase phase = TrainPhase::kMain;
  std::int64_t epoch = 1;  ///< from 1; beyond the last one when the phase is complete
  std::int64_t batch = 0;  ///< from 0, within the epoch
  bool operator==(const TrainPosition&) const = default;
};

/// Sums over the batches of the present epoch.
struct EpochSums {
  double loss = 0;
  double score = 0;
  double samples = 0;
  double penalty = 0;
  double seconds = 0;
  bool operator==(const EpochSums&) const = default;
};

/// Everything from which a training goes on as if it had never stopped: to the bit on the same
/// machine, device and number of threads.
struct Checkpoint {
  Experiment experiment;
  TrainPosition position;
  EpochSums sums;
  double seconds = 0;  ///< of training until here
  ScalarSeries steps;
  std::vector<EpochRecord> epochs;
  std::vector<NamedTensor> parameters;  ///< learned values, running statistics, what was observed
  std::vector<NamedTensor> optimizer;   ///< "<parameter>.<state>"
};

/// The epoch of the main phase with the best test score so far; none before the first.
[[nodiscard]] const EpochRecord* bestEpoch(const std::vector<EpochRecord>& epochs);

/// Writes a checkpoint as one safetensors file, its specification and position in the metadata;
/// whole or not at all. Equal checkpoints give equal bytes.
[[nodiscard]] Status writeCheckpoint(const std::filesystem::path& path,
                                     const Checkpoint& checkpoint);

/// Reads it back, to the bit. Errors: those of readTensorFile(), and kFileFormat or kFileNewer when
/// it is no checkpoint of this program.
[[nodiscard]] Result<Checkpoint> readCheckpoint(const std::filesystem::path& path);

/// A network with its learned values: what a checkpoint and weights.safetensors have in common.
struct TrainedModel {
  Experiment experiment;
  std::vector<NamedTensor> parameters;
  std::filesystem::path path;
};

/// Reads a file that this program wrote, or the folder of a run: its final weights, else its best,
/// else its last checkpoint. Errors: kReadFailed, kFileFormat, kFileNewer.
[[nodiscard]] Result<TrainedModel> readTrainedModel(const std::filesystem::path& path);

/// Names of the files in the folder of a run.
inline constexpr const char* kCheckpointFile = "checkpoint.safetensors";
inline constexpr const char* kBestFile = "best.safetensors";
inline constexpr const char* kWeightsFile = "weights.safetensors";

/// Names in the metadata of those files.
inline constexpr const char* kSchemaKey = "a2q.schema";
inline constexpr const char* kSpecKey = "a2q.specification";
inline constexpr const char* kWeightsSchema = "a2q-weights-1";
inline constexpr const char* kCheckpointSchema = "a2q-checkpoint-1";

}  // namespace a2q
