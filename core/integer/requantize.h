// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/network/experiment.h"
#include "core/training/trained_network.h"

namespace a2q {

/// What a trained network becomes under the M, N, P and methods of `after`, before any training.
///
/// Weights: w = q·s as trained. A channel whose largest weight leaves ±L', L' = 2^(M−1) − 1, gets
/// the scale s' = max|w|/L'; else it keeps s, because wider weights hold the same integers. A2Q and
/// A2Q+: the Euclidean projection of w (A2Q+: less its mean) on the L1 ball of radius s'·T [Colbert
/// et al. 2024, Eq. 10–15], rounded toward zero, clipped to ±L', and shrunk until the exact S⁺ and
/// S⁻ fit P bits, as in a forward pass. QAT: the nearest integer, clipped. A channel that meets its
/// new rule already keeps its integers; so does every channel of an A2Q layer whose P grows,
/// because it is within a smaller budget.
///
/// Activations: s' = s·(2^N − 1)/(2^N' − 1), so that the clipping range stays. Batch norms and
/// biases stay. Errors: kSpecValue for another network, kNotLowered for the method "float", those
/// of planQuantization().
[[nodiscard]] Result<TrainedNetwork> requantize(const TrainedNetwork& trained,
                                                const Experiment& after);

}  // namespace a2q
