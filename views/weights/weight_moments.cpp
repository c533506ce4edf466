// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/weights/weight_moments.h"

#include <QCoreApplication>
#include <algorithm>

#include "core/network/quant_plan.h"

namespace a2q::views {
namespace {

class Words {
  Q_DECLARE_TR_FUNCTIONS(Weights)
};

bool haveLevels(const std::vector<LayerSnapshot>& layers) {
  return std::any_of(layers.begin(), layers.end(),
                     [](const LayerSnapshot& layer) { return !layer.levels.empty(); });
}

QString nameOf(const EpochSnapshot& epoch) {
  return epoch.phase == TrainPhase::kFloat ? Words::tr("float epoch %1").arg(epoch.epoch)
                                           : Words::tr("epoch %1").arg(epoch.epoch);
}

}  // namespace

std::vector<WeightMoment> weightMoments(const RunStory& story) {
  std::vector<WeightMoment> moments;
  for (const auto& epoch : story.history) {
    if (haveLevels(epoch->layers)) moments.push_back({nameOf(*epoch), &epoch->layers});
  }
  if (story.layers && haveLevels(*story.layers)) {
    moments.push_back({Words::tr("now"), story.layers.get()});
  } else if (!moments.empty()) {
    moments.push_back(
        {Words::tr("now (counted after %1)").arg(moments.back().name), moments.back().layers});
  }
  return moments;
}

std::map<std::string, BitWidth> weightBits(const Experiment& experiment) {
  std::map<std::string, BitWidth> bits;
  const auto graph = inferShapes(experiment.network);
  if (!graph) return bits;
  const auto plan = planQuantization(experiment.network, *graph, experiment.quant);
  if (!plan) return bits;
  for (const WeightPlan& weights : plan->weights) {
    bits[experiment.network.layers[graph->nodes[weights.node].layer].name] = weights.weight_bits;
  }
  return bits;
}

}  // namespace a2q::views
