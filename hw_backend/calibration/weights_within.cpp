// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/calibration/weights_within.h"

#include <algorithm>
#include <cmath>

#include "hw_backend/calibration/feature_parts.h"

namespace a2q {
WeightsWithin weightsWithin(const DotShape& dot) {
  const double most = real(std::max<std::int64_t>(dot.input.maximum(), 1));
  const double limit = std::exp2(dot.accumulator.bits - 1);
  // Unsigned inputs reach an end with the weights of one sign, about half of them.
  const double share = dot.input.isSigned() ? 1 : 0.5;
  const double largest = std::exp2(dot.weights.bits - 1) - 1;
  const double mean = largest * (largest + 1) / (2 * largest + 1);
  const double uniform = share * real(dot.length) * mean * most;
  const double words = real(dot.folds() * dot.steps());
  WeightsWithin out;
  out.reach = 1 + std::log2(std::max(2.0, std::min(limit, uniform)));
  out.filling = std::min(1.0, limit / std::max(uniform, 1.0));
  out.bits = std::min<double>(dot.weights.bits, 1 + std::log2(std::max(1.0, limit / most)));
  // Half of the bits are set, of {-1, 0, 1} a third.
  out.density = (dot.weights.bits == 2 ? 1.0 / 3 : 0.5) * out.filling;
  out.columns = 1 - std::pow(1 - out.density, words);
  return out;
}

}  // namespace a2q
