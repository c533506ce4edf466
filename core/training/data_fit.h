// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/data/data_set.h"
#include "core/network/graph.h"
#include "core/network/network_spec.h"

namespace a2q {

/// Whether a network can learn from or be tested with a part of a set. Classification: the shape
/// of the images and no more classes than outputs. Super-resolution: the channels, photographs of
/// at least the patch, an output `factor` times the input, and no layer that fixes the size.
/// Errors: kDataShape, saying what the network takes and what the data have.
[[nodiscard]] Status checkFit(const NetworkSpec& network, const NetworkGraph& graph,
                              const DataSet& data, DataPart part);

/// Logs a warning when values of the training part lie beyond the codes of the input layer, where
/// they saturate: how many, and the step that would take them all.
void warnOfClippedInputs(const NetworkSpec& network, const NetworkGraph& graph,
                         const DataSet& data);

}  // namespace a2q
