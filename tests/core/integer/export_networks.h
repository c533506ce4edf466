// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/integer/integer_network.h"

namespace a2q::testing {

/// Networks with random integers whose operations together are all there are.

/// Classes: padding, strides, depthwise, both pools, flatten, fully connected, scores.
[[nodiscard]] IntegerNetwork exportClassifier();

/// An image: signed codes, residual sums, concatenation, resize, pixel shuffle, sums over windows
/// with padding, two nodes of one name.
[[nodiscard]] IntegerNetwork exportImageNetwork();

/// Sums beyond 2^24, which float32 does not hold, and thresholds there.
[[nodiscard]] IntegerNetwork exportWideNetwork();

}  // namespace a2q::testing
