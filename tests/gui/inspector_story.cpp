// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/inspector_story.h"

#include "core/network/quant_plan.h"
#include "core/network/sample_experiment.h"

namespace a2q::gui_test {

views::StoryPointer madeStory() {
  auto story = std::make_shared<views::RunStory>();
  story->name = "run-1";
  story->experiment = parseExperiment(sampleSpecification(), "sample").value();
  const NetworkSpec& network = story->experiment.network;
  const NetworkGraph graph = inferShapes(network).value();
  auto layers = std::make_shared<std::vector<LayerSnapshot>>();
  const QuantPlan plans = planQuantization(network, graph, story->experiment.quant).value();
  for (const WeightPlan& plan : plans.weights) {
    LayerSnapshot layer;
    layer.layer = network.layers[graph.nodes[plan.node].layer].name;
    layer.accumulator = plan.accumulator;
    layer.inputs = plan.input_range;
    layer.k = plan.k;
    if (plan.rule) layer.budget = l1Budget(*plan.rule, *plan.accumulator, plan.input_format);
    layer.channels.assign(static_cast<std::size_t>(plan.channels), SignedSums{20, 10});
    if (layer.layer == "fc1") {
      layer.channels.assign(static_cast<std::size_t>(plan.channels), SignedSums{300, 100});
      layer.channels[3] = {1000, 790};
      layer.zeros = 30'000;
    }
    layers->push_back(std::move(layer));
  }
  story->layers = std::move(layers);
  return story;
}

}  // namespace a2q::gui_test
