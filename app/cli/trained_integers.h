// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/training/checkpoint.h"
#include "core/training/trained_network.h"

namespace a2q::cli {

/// A trained file and its integers.
struct TrainedIntegers {
  TrainedModel model;
  TrainedNetwork network;
};

/// Errors: those of readTrainedModel() and Trainer::integers().
[[nodiscard]] Result<TrainedIntegers> readTrainedIntegers(const std::string& path);

/// The weights alone, in the order of the network.
[[nodiscard]] std::vector<IntegerWeights> integerWeights(const TrainedNetwork& network);

/// The position of the layer of that name. Errors: kUsage with the nearest name.
[[nodiscard]] Result<std::size_t> findLayer(const TrainedNetwork& network, const std::string& name);

}  // namespace a2q::cli
