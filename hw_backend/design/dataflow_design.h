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

/// One block of a design. Times are cycles after the first beat of a sample enters an idle design,
/// when a beat can be taken.
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

/// Unfolds a network: per layer [width converter] → [FIFO] → [sliding window] → unit → FIFO of two
/// → [forks].
///
/// Latency: a sample that comes a beat a cycle is followed pixel by pixel through an idle design,
/// with the registers of every block; the beats of a pixel are taken to come evenly between its
/// first and its last one. A window is given when its pixels are there and the line buffer had
/// room.
///
/// FIFOs: the same with samples that follow each other evenly, one each interval. What waits in
/// front of a layer then (for another branch, for an MVAU that goes through a vector again, for a
/// line buffer's room) stands in a FIFO, with two beats more. So a schedule at that interval
/// exists, and a design that takes every beat as soon as it can is no slower: it never stops, and
/// no block but the bottleneck sets its interval.
///
/// Errors: kFoldingIllegal.
[[nodiscard]] Result<DataflowDesign> fold(const DesignNetwork& network, const FoldingSpec& folding);

}  // namespace a2q
