// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "core/training/run_record.h"

namespace a2q {

/// How many weights have each integer: LayerSnapshot::levels.
[[nodiscard]] std::vector<std::int64_t> levelsOf(const IntegerWeights& weights);

/// The layers of a run as it ended, exactly those that its certificate judges, levels included.
[[nodiscard]] std::vector<LayerSnapshot> finalLayers(const RunRecord& record);

}  // namespace a2q
