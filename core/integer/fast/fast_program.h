// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "core/integer/fast/dot_geometry.h"
#include "core/integer/fast/dot_plan.h"
#include "core/integer/fast/threshold_table.h"
#include "core/integer/integer_network.h"

namespace a2q {

enum class Fusion {
  kOff,  ///< every node has its own value, for those who want to see them
  kOn,   ///< thresholds and maximum pools run behind the dot product that alone they read
};

/// One step: a node, or a dot product with the nodes fused behind it.
struct FastStep {
  std::size_t node = 0;    ///< the first of them
  std::size_t result = 0;  ///< the last, whose value this is
  LaneFormat format;       ///< of the result
  std::optional<DotPlan> dot;
  std::optional<ThresholdTable> table;
  FusedWindow window;
  std::vector<std::size_t> last_reads;  ///< values that nobody needs after this step
};

/// A network as steps of the fast engine; it keeps a reference to the network.
struct FastProgram {
  const IntegerNetwork* network = nullptr;
  KernelLevel level = KernelLevel::kPortable;
  std::vector<FastStep> steps;
};

[[nodiscard]] FastProgram fastProgram(const IntegerNetwork& network, Fusion fusion,
                                      KernelLevel level, std::optional<DotKernel> wanted);

/// The program for inputs of one shape: the shape of every node's value, and per step where a dot
/// product finds its inputs.
struct BoundProgram {
  Shape input;
  std::int64_t lanes = 0;
  std::vector<Shape> shapes;
  std::vector<DotGeometry> geometries;
};

[[nodiscard]] BoundProgram bindProgram(const FastProgram& program, const Shape& input,
                                       std::int64_t lanes);

}  // namespace a2q
