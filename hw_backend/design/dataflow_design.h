// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "hw_backend/design/block.h"
#include "hw_backend/design/design_network.h"
#include "hw_backend/design/folding.h"

namespace a2q {

/// One block of a design. Times are cycles after the first beat of a sample enters an idle design.
struct Stage {
  std::size_t layer = 0;  ///< position in DataflowDesign::network.layers
  Block block;
  /// Positions of stages; none: the codes of the host. Of a fork, the first stage that names it
  /// takes the left output, the second one the right.
  std::vector<std::size_t> inputs;
  std::int64_t beats = 0;   ///< that it gives a sample
  std::int64_t cycles = 0;  ///< that it is busy a sample
  double first = 0;         ///< when it gives its first beat
  double last = 0;          ///< when it gives its last beat
};

/// A network unfolded into blocks. One sample follows the other every `interval` cycles.
struct DataflowDesign {
  DesignNetwork network;
  FoldingSpec folding;
  std::vector<Stage> stages;   ///< in topological order; the last one gives the result
  std::size_t bottleneck = 0;  ///< the stage with the most cycles, the first of several
  std::int64_t interval = 0;   ///< initiation interval: cycles of the bottleneck
  std::int64_t latency = 0;    ///< cycles from the first beat in to the last beat out
};

/// Unfolds a network: per layer [width converter] → [FIFO of a shorter branch] → [sliding window] →
/// unit → FIFO → [forks].
///
/// Latency: beats are taken to arrive evenly between the first and the last one. A block gives its
/// first beat when it has what that needs (a window is complete, a vector is there), and its last
/// one when its own cycles or the last of its inputs allow; registers inside units are not counted.
/// Where branches join, the one that is ready first gets a FIFO for all it gives until the other
/// one is ready, a row more where it strides (its beats come in bursts), and two.
///
/// Errors: kFoldingIllegal.
[[nodiscard]] Result<DataflowDesign> fold(const DesignNetwork& network, const FoldingSpec& folding);

}  // namespace a2q
