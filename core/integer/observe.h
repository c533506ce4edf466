// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/bounds/accumulator_bounds.h"
#include "core/data/data_set.h"
#include "core/training/trained_network.h"

namespace a2q {

/// The least and the largest running sum of every channel of a layer on data, 0 included: where a
/// sum begins.
struct ObservedSums {
  std::string layer;
  std::vector<AccumulatorRange> channels;
};

/// What accumulators of exact width went through on so many samples.
struct Observation {
  std::vector<ObservedSums> layers;  ///< in the order of TrainedNetwork::weights
  std::int64_t samples = 0;
};

/// How long and how far to look; at least one batch runs.
struct ObserveLimits {
  std::chrono::milliseconds time{2000};
  std::int64_t samples = 1000;
  std::int64_t batch = 8;
  int threads = 0;  ///< 0: as many as this process may use
};

/// Runs samples of a part (of photographs: patches, see codesOf()) through the reference engine,
/// which adds one product after the other in the order of the weights. Stopped, it tells of what
/// it saw. Errors: those of lowerToIntegers() and checkFit().
[[nodiscard]] Result<Observation> observeAccumulators(const TrainedNetwork& network,
                                                      const DataSet& data, DataPart part,
                                                      const ObserveLimits& limits,
                                                      const std::stop_token& stop);

}  // namespace a2q
