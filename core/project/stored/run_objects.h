// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/base/result.h"
#include "core/project/data_tree.h"
#include "core/training/checkpoint.h"

namespace a2q {

/// The layers at the end of an epoch.
struct EpochSnapshot {
  TrainPhase phase = TrainPhase::kMain;
  std::int64_t epoch = 0;  ///< from 1, within the phase
  std::vector<LayerSnapshot> layers;
};

/// A run with the history of its layers.
struct StoredRun {
  RunRecord record;
  std::vector<EpochSnapshot> snapshots;
};

/// A run as it is stored: `specification` (TOML), `state`, `steps` and `epochs` (tables with the
/// attribute `columns`), `snapshot_epochs`, `snapshots/<layer>/...`, `weights/<layer>` (integers,
/// channels × K), `parameters/<name>` and `certificate` (JSON).
[[nodiscard]] DataTree runTree(const StoredRun& run);

/// Read back to the bit; every size is checked. The certificate is computed anew from the
/// integers. Errors: kFileFormat, and those of parseExperiment().
[[nodiscard]] Result<StoredRun> storedRunOf(const DataTree& tree);

/// A checkpoint as it is stored: as above, with `optimizer/<name>` and the position. The history of
/// the layers goes beside it, so that a killed run keeps it.
[[nodiscard]] DataTree checkpointTree(const Checkpoint& checkpoint,
                                      const std::vector<EpochSnapshot>& history = {});
[[nodiscard]] Result<Checkpoint> checkpointOf(const DataTree& tree);
/// Empty before the end of the first epoch.
[[nodiscard]] Result<std::vector<EpochSnapshot>> historyOf(const DataTree& checkpoint);

/// The epochs as a table of numbers, a row an epoch; NaN for what is absent.
[[nodiscard]] DataArray epochTable(const std::vector<EpochRecord>& epochs);
[[nodiscard]] Result<std::vector<EpochRecord>> epochsOf(const DataArray& table);

}  // namespace a2q
