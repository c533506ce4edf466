// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "hw_backend/design/dataflow_design.h"

namespace a2q {

/// Per layer and input: beats that wait there, for which a FIFO stands; 0 where none needs to.
using Waiting = std::vector<std::vector<std::int64_t>>;

/// What waits in front of every layer of a network with a legal folding, where samples follow each
/// other evenly, one every `period` cycles.
[[nodiscard]] Waiting waitingEvery(double period, const DesignNetwork& network,
                                   const FoldingSpec& folding);

/// The stages of that network with those FIFOs, and when one sample that comes a beat a cycle
/// passes them.
[[nodiscard]] std::vector<Stage> designStages(const DesignNetwork& network,
                                              const FoldingSpec& folding, const Waiting& fifos);

}  // namespace a2q
