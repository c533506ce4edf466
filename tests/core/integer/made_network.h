// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "core/data/data_set.h"
#include "core/network/experiment.h"
#include "core/training/trained_network.h"

namespace a2q::testing {

/// A convolution, a depthwise one, a hidden linear layer and the last one, with batch norms, of
/// which some channels fall: 1×8×8 images, 5 classes. All layers have a target P.
[[nodiscard]] Experiment madeExperiment();

/// The network of an experiment with random integers that keep the rules of its plan. The first
/// channel of every layer is zero, the second constant.
[[nodiscard]] TrainedNetwork madeNetwork(const Experiment& experiment, std::uint32_t seed);

/// Random images of the made experiment with random labels.
[[nodiscard]] DataSet madeData(std::int64_t count, std::uint32_t seed);

}  // namespace a2q::testing
