// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/design/finished_layers.h"

#include <algorithm>

namespace a2q {
namespace {

/// Moves the thresholds of layer `at` into the dot products that only they read.
bool join(std::vector<DesignLayer>& layers, std::size_t at, std::vector<std::size_t>& places) {
  const DesignLayer& layer = layers[at];
  if (layer.operation != DesignOperation::kThresholds) return false;
  const std::size_t before = layer.inputs.front();
  DesignLayer& dot = layers[before];
  if (!dot.hasWeights() || dot.readers != 1 || dot.thresholds) return false;
  dot.thresholds = layer.output_format;
  dot.output_format = layer.output_format;
  dot.readers = layer.readers;
  if (dot.choice.minimised)
    dot.choice.minimised = std::max(*dot.choice.minimised, layer.accumulator);
  dot.nodes.insert(dot.nodes.end(), layer.nodes.begin(), layer.nodes.end());
  places[at] = places[before];
  return true;
}

std::vector<DesignLayer> withThresholdsJoined(std::vector<DesignLayer> layers) {
  std::vector<std::size_t> places(layers.size());
  std::vector<DesignLayer> kept;
  std::vector<std::size_t> origins;
  for (std::size_t i = 0; i < layers.size(); ++i) {
    if (join(layers, i, places)) continue;
    places[i] = origins.size();
    origins.push_back(i);
  }
  for (const std::size_t origin : origins) {
    kept.push_back(std::move(layers[origin]));
    for (std::size_t& input : kept.back().inputs) input = places[input];
  }
  return kept;
}

}  // namespace

std::vector<DesignLayer> finishedLayers(std::vector<DesignLayer> layers) {
  layers = withThresholdsJoined(std::move(layers));
  DesignLayer& source = layers.front();
  if (source.readers != 1) return layers;
  const auto reader = std::ranges::find_if(
      layers, [](const DesignLayer& layer) { return layer.inputs == std::vector<std::size_t>{0}; });
  if (reader != layers.end()) source.output = reader->input;
  return layers;
}

}  // namespace a2q
