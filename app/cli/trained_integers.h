// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "app/cli/model_source.h"
#include "core/training/trained_network.h"

namespace a2q::cli {

/// A trained network and its integers.
struct TrainedIntegers {
  ModelSource source;
  TrainedNetwork network;
};

/// Of the network that the arguments name. Errors: those of modelOf() and Trainer::integers().
[[nodiscard]] Result<TrainedIntegers> readTrainedIntegers(const Arguments& arguments);

/// Of a model that was looked for. Errors: its own, and those of Trainer::integers().
[[nodiscard]] Result<TrainedIntegers> trainedIntegersOf(Result<ModelSource> source);

/// The weights alone, in the order of the network.
[[nodiscard]] std::vector<IntegerWeights> integerWeights(const TrainedNetwork& network);

/// The position of the layer of that name. Errors: kUsage with the nearest name.
[[nodiscard]] Result<std::size_t> findLayer(const TrainedNetwork& network, const std::string& name);

}  // namespace a2q::cli
