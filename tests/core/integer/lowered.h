// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "core/integer/integer_network.h"
#include "core/training/trainer.h"

namespace a2q::testing {

/// The integers of a trained network; throws std::runtime_error when there are none.
[[nodiscard]] IntegerNetwork loweredOf(const Experiment& experiment,
                                       const std::vector<NamedTensor>& parameters);

/// Batch norms and biases as training seldom leaves them: γ of both signs (some zero), large means,
/// small variances. The same for the same seed.
[[nodiscard]] std::vector<NamedTensor> scrambled(std::vector<NamedTensor> parameters,
                                                 std::uint32_t seed);

/// Random codes in the format of the network's input: [samples, C, H, W].
[[nodiscard]] std::vector<std::int32_t> randomCodes(const IntegerNetwork& network,
                                                    std::int64_t samples, std::uint32_t seed);

}  // namespace a2q::testing
