// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/design/dataflow_design.h"

#include <algorithm>
#include <cmath>

#include "hw_backend/design/design_stages.h"
#include "hw_backend/design/layer_blocks.h"

namespace a2q {
namespace {

/// Cycles of the slowest block: the interval, which FIFOs depend on, before there are blocks.
std::int64_t intervalOf(const DesignNetwork& network, const FoldingSpec& folding) {
  std::int64_t most = 1;
  for (std::size_t i = 1; i < network.layers.size(); ++i) {
    const DesignLayer& layer = network.layers[i];
    const LayerFolding& own = folding.layers[i];
    most = std::max({most, computeCycles(layer, own), layer.output.size() / outputLanes(own)});
    if (layer.hasWindow()) most = std::max(most, windowCycles(layer, own));
    for (const std::size_t input : layer.inputs) {
      const std::int64_t given = outputLanes(folding.layers[input]);
      const std::int64_t values = network.layers[input].output.size();
      most = std::max(most, values / std::min(given, inputLanes(layer, own)));
    }
  }
  return most;
}

}  // namespace

Result<DataflowDesign> fold(const DesignNetwork& network, const FoldingSpec& folding) {
  if (Status status = checkFolding(network, folding); !status) return forward(std::move(status));
  DataflowDesign design{network, folding, {}, 0, intervalOf(network, folding), 0};
  const Waiting fifos = waitingEvery(static_cast<double>(design.interval), network, folding);
  design.stages = designStages(network, folding, fifos);
  const auto slowest = std::ranges::max_element(design.stages, {}, &Stage::cycles);
  design.bottleneck = static_cast<std::size_t>(slowest - design.stages.begin());
  design.latency = static_cast<std::int64_t>(std::ceil(design.stages.back().last)) + 1;
  return design;
}

}  // namespace a2q
