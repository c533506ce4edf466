// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/sparsity/sparsity_values.h"

#include <algorithm>

#include "core/training/step_series.h"

namespace a2q::views {
namespace {

constexpr double kPercent = 100;

/// The entry of a layer, which stands at its place unless the network has changed.
LayerSparsity& entryOf(std::vector<LayerSparsity>& layers, const std::string& name,
                       std::size_t place) {
  if (place < layers.size() && layers[place].layer == name) return layers[place];
  const auto found = std::find_if(layers.begin(), layers.end(),
                                  [&](const LayerSparsity& one) { return one.layer == name; });
  if (found != layers.end()) return *found;
  layers.push_back({name, {}, {}});
  return layers.back();
}

void append(std::vector<LayerSparsity>& out, const std::vector<LayerSnapshot>& layers,
            double epoch) {
  for (std::size_t i = 0; i < layers.size(); ++i) {
    LayerSparsity& entry = entryOf(out, layers[i].layer, i);
    const auto percent = zeroPercent(layers[i]);
    if (!percent || (!entry.epochs.empty() && entry.epochs.back() >= epoch)) continue;
    entry.epochs.push_back(epoch);
    entry.percent.push_back(*percent);
  }
}

}  // namespace

std::optional<double> zeroPercent(const LayerSnapshot& layer) {
  const double weights = static_cast<double>(layer.k) * static_cast<double>(layer.channels.size());
  if (weights <= 0) return std::nullopt;
  return kPercent * static_cast<double>(layer.zeros) / weights;
}

double newestEpoch(const RunStory& story) {
  const auto whole = static_cast<double>(story.history.size());
  const auto epoch = columnOf(story.steps, "epoch");
  const auto main = columnOf(story.steps, "main_phase");
  const auto batch = columnOf(story.steps, "batch");
  const std::size_t rows = story.steps.rows();
  if (rows == 0 || !epoch || !main || !batch || story.epochs.empty()) return whole;
  // Epochs have equally many batches; what is left over belongs to the one under way.
  const auto first = story.steps.row(0);
  std::size_t low = 0;
  std::size_t high = rows;
  while (high - low > 1) {
    const std::size_t middle = (low + high) / 2;
    const auto row = story.steps.row(middle);
    const bool same = row[*epoch] == first[*epoch] && row[*main] == first[*main];
    (same ? low : high) = middle;
  }
  const double done = static_cast<double>(rows) / static_cast<double>(low + 1);
  return std::clamp(done, whole, whole + 1);
}

std::vector<LayerSparsity> sparsityOverEpochs(const RunStory& story) {
  std::vector<LayerSparsity> out;
  for (std::size_t i = 0; i < story.history.size(); ++i) {
    append(out, story.history[i]->layers, static_cast<double>(i + 1));
  }
  if (story.layers) append(out, *story.layers, newestEpoch(story));
  return out;
}

std::vector<DeadChannel> deadChannels(const RunStory& story) {
  std::vector<DeadChannel> dead;
  if (!story.layers) return dead;
  for (const LayerSnapshot& layer : *story.layers) {
    for (std::size_t i = 0; i < layer.channels.size(); ++i) {
      if (layer.channels[i].l1() == 0) dead.push_back({layer.layer, static_cast<int>(i)});
    }
  }
  return dead;
}

std::optional<RunSparsity> sparsityAgainstP(const RunStory& story) {
  const QuantSpec& quant = story.experiment.quant;
  if (quant.method == QuantMethod::kFloat || quant.method == QuantMethod::kQat) return std::nullopt;
  std::optional<double> share;
  if (story.layers) share = sparsityOf(*story.layers);
  if (!share && !story.epochs.empty()) share = story.epochs.back().sparsity;
  if (!share) return std::nullopt;
  return RunSparsity{quant.accumulator_bits.bits, kPercent * *share};
}

}  // namespace a2q::views
