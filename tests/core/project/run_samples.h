// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/project/stored/run_objects.h"

namespace a2q::testing {

/// A run whose numbers and names are hard to keep: NaN, infinities, tensors of every type, layers
/// with slashes and points in their names, snapshots that differ from epoch to epoch.
[[nodiscard]] StoredRun awkwardRun();

/// A checkpoint of the same kind.
[[nodiscard]] Checkpoint awkwardCheckpoint();

/// The sides of a tensor and its bytes, counted up.
[[nodiscard]] NamedTensor countedTensor(std::string name, TensorType type,
                                        std::vector<std::int64_t> shape);

/// Expects equal tensors, in the same order, to the bit.
void expectSame(const std::vector<NamedTensor>& read, const std::vector<NamedTensor>& written);
void expectSame(const ScalarSeries& read, const ScalarSeries& written);

/// Numbers are compared by their bits, so that NaN equals itself and 0 is not −0.
[[nodiscard]] bool sameBits(std::span<const double> a, std::span<const double> b);

}  // namespace a2q::testing
