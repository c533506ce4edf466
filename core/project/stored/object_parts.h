// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/project/stored/object_reader.h"
#include "core/project/stored/run_objects.h"

namespace a2q {

/// The parts that stored runs and checkpoints are made of. Members of a group are named by
/// memberName() and keep their order in the attribute `position`.

/// A row a step, with the attribute `columns`.
[[nodiscard]] DataArray seriesTable(const ScalarSeries& series);
[[nodiscard]] ScalarSeries seriesIn(ObjectReader& object, const std::string& name);

/// An array a tensor, in its own type and shape.
[[nodiscard]] DataTree tensorGroup(const std::vector<NamedTensor>& tensors);
[[nodiscard]] std::vector<NamedTensor> tensorsIn(ObjectReader& object, const std::string& name);

/// An array a layer, channels × K, of the narrowest type that holds its integers.
[[nodiscard]] DataTree weightGroup(const std::vector<IntegerWeights>& weights);
[[nodiscard]] std::vector<IntegerWeights> weightsIn(ObjectReader& object, const std::string& name);

/// A row an epoch, and a group a layer with a row an epoch: see snapshot_columns.h.
[[nodiscard]] DataArray snapshotEpochs(const std::vector<EpochSnapshot>& snapshots);
[[nodiscard]] DataTree snapshotGroup(const std::vector<EpochSnapshot>& snapshots);
[[nodiscard]] std::vector<EpochSnapshot> snapshotsIn(ObjectReader& object, const std::string& name);

/// The array `epochs` of an object.
[[nodiscard]] std::vector<EpochRecord> epochsIn(ObjectReader& object, std::optional<Error>& error);

}  // namespace a2q
