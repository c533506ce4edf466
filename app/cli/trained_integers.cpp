// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/trained_integers.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "core/base/text_distance.h"
#include "core/training/trainer.h"

namespace a2q::cli {

Result<TrainedIntegers> readTrainedIntegers(const Arguments& arguments) {
  return trainedIntegersOf(modelOf(arguments));
}

Result<TrainedIntegers> trainedIntegersOf(Result<ModelSource> source) {
  if (!source) return forward(std::move(source));
  auto trainer = openTrainer();
  if (!trainer) return forward(std::move(trainer));
  auto network = (*trainer)->integers(source->model.experiment, source->model.parameters);
  if (!network) return forward(std::move(network));
  return TrainedIntegers{std::move(*source), std::move(*network)};
}

std::vector<IntegerWeights> integerWeights(const TrainedNetwork& network) {
  std::vector<IntegerWeights> weights;
  for (const TrainedWeights& layer : network.weights) weights.push_back(layer.integers);
  return weights;
}

Result<std::size_t> findLayer(const TrainedNetwork& network, const std::string& name) {
  std::vector<std::string_view> names;
  for (const TrainedWeights& layer : network.weights) names.push_back(layer.integers.layer);
  const auto found = std::find(names.begin(), names.end(), name);
  if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
  const std::string near = nearest(name, names);
  return fail(ErrorCode::kUsage, fmt::format("no layer with weights is called '{}'", name),
              fmt::format("there are {}", fmt::join(names, ", ")),
              near.empty() ? "Name one of them." : fmt::format("Did you mean '{}'?", near));
}

}  // namespace a2q::cli
