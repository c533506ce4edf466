// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/integer/fast/fast_program.h"

#include <algorithm>

namespace a2q {
namespace {

/// Larger windows are left to the pool itself.
constexpr std::int64_t kMostFused = 16;

std::vector<std::vector<std::size_t>> readersOf(const IntegerNetwork& network) {
  std::vector<std::vector<std::size_t>> readers(network.nodes.size());
  for (std::size_t i = 0; i < network.nodes.size(); ++i) {
    for (const std::size_t input : network.nodes[i].inputs) readers[input].push_back(i);
  }
  return readers;
}

LaneFormat formatOf(const IntegerNode& node) {
  if (std::holds_alternative<Scores>(node.operation)) {
    return {Element::kInt64, 0, node.range.maximum};
  }
  // Sums of a dot product leave its kernels as 32 bits.
  return laneFormat(node.range, !std::holds_alternative<DotProduct>(node.operation));
}

/// Thresholds whose codes are bytes and whose sums are at most 32 bits.
bool fitsTable(const IntegerNode& node, const LaneFormat& sums) {
  const auto* thresholds = std::get_if<Thresholds>(&node.operation);
  return thresholds != nullptr && sums.element != Element::kInt64 &&
         thresholds->format.width.bits <= 8 && formatOf(node).element == Element::kByte;
}

/// A maximum pool whose windows neither overlap nor reach into padding.
const Pool* fusedPool(const IntegerNode& node) {
  const auto* pool = std::get_if<Pool>(&node.operation);
  const bool fits = pool != nullptr && pool->operation == PoolOperation::kMaximum &&
                    pool->kernel == pool->stride && pool->padding == Extent{0, 0} &&
                    pool->kernel.height * pool->kernel.width <= kMostFused;
  return fits ? pool : nullptr;
}

/// The nodes that run behind a dot product.
void fuse(const IntegerNetwork& network, const std::vector<std::vector<std::size_t>>& readers,
          FastStep& step, std::vector<bool>& done) {
  const auto only_reader = [&](std::size_t node) -> std::optional<std::size_t> {
    return readers[node].size() == 1 ? std::optional(readers[node][0]) : std::nullopt;
  };
  const auto codes = only_reader(step.node);
  if (!codes || step.dot->kernel == DotKernel::kWide ||
      !fitsTable(network.nodes[*codes], step.format)) {
    return;
  }
  step.result = *codes;
  done[*codes] = true;
  if (const auto pooled = only_reader(*codes)) {
    if (const Pool* pool = fusedPool(network.nodes[*pooled])) {
      step.window.size = pool->kernel;
      step.result = *pooled;
      done[*pooled] = true;
    }
  }
  step.format = formatOf(network.nodes[step.result]);
  step.table.emplace(std::get<Thresholds>(network.nodes[*codes].operation), step.format);
}

void planReleases(FastProgram& program) {
  std::vector<std::optional<std::size_t>> last(program.network->nodes.size());
  for (std::size_t s = 0; s < program.steps.size(); ++s) {
    for (const std::size_t input : program.network->nodes[program.steps[s].node].inputs) {
      last[input] = s;
    }
  }
  for (std::size_t node = 0; node < last.size(); ++node) {
    if (last[node]) program.steps[*last[node]].last_reads.push_back(node);
  }
}

}  // namespace

FastProgram fastProgram(const IntegerNetwork& network, Fusion fusion, KernelLevel level,
                        std::optional<DotKernel> wanted) {
  FastProgram program;
  program.network = &network;
  program.level = level;
  const auto readers = readersOf(network);
  std::vector<bool> done(network.nodes.size());
  for (std::size_t i = 0; i < network.nodes.size(); ++i) {
    if (done[i]) continue;
    const IntegerNode& node = network.nodes[i];
    FastStep step;
    step.node = step.result = i;
    step.format = formatOf(node);
    if (const auto* dot = std::get_if<DotProduct>(&node.operation)) {
      const IntegerNode& input = network.nodes[node.inputs[0]];
      step.dot = planDot(*dot, formatOf(input), dotRange(*dot, input.range), level, wanted);
      if (step.dot->kernel == DotKernel::kWide) step.format = {Element::kInt64, 0, 0};
      if (fusion == Fusion::kOn) fuse(network, readers, step, done);
    } else if (const auto* thresholds = std::get_if<Thresholds>(&node.operation)) {
      if (fitsTable(node, formatOf(network.nodes[node.inputs[0]]))) {
        step.table.emplace(*thresholds, step.format);
      }
    }
    program.steps.push_back(std::move(step));
  }
  planReleases(program);
  return program;
}

BoundProgram bindProgram(const FastProgram& program, const Shape& input, std::int64_t lanes) {
  const std::vector<IntegerNode>& nodes = program.network->nodes;
  BoundProgram bound{input, lanes, {}, {}};
  for (const IntegerNode& node : nodes) {
    std::vector<Shape> inputs;
    for (const std::size_t from : node.inputs) inputs.push_back(bound.shapes[from]);
    bound.shapes.push_back(node.inputs.empty() ? input : outputShape(node, inputs));
  }
  for (const FastStep& step : program.steps) {
    DotGeometry geometry;
    if (step.dot) {
      geometry =
          dotGeometry(*step.dot, bound.shapes[nodes[step.node].inputs[0]], step.window, lanes);
    }
    bound.geometries.push_back(std::move(geometry));
  }
  return bound;
}

}  // namespace a2q
