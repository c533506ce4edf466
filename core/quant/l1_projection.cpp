// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/quant/l1_projection.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

namespace a2q {

double l1ProjectionThreshold(std::span<const double> values, double radius) {
  std::vector<ValueCount> counted(values.size());
  std::ranges::transform(values, counted.begin(), [](double x) { return ValueCount{x, 1}; });
  return l1ProjectionThreshold(counted, radius);
}

double l1ProjectionThreshold(std::span<const ValueCount> values, double radius) {
  std::vector<ValueCount> sizes(values.size());
  std::ranges::transform(values, sizes.begin(), [](const ValueCount& x) {
    return ValueCount{std::abs(x.value), x.count};
  });
  double norm = 0;
  for (const auto& [size, count] : sizes) norm += size * static_cast<double>(count);
  if (norm <= radius) return 0;
  std::ranges::sort(sizes, std::greater<>(), &ValueCount::value);
  double sum = 0;
  double taken = 0;
  double threshold = 0;
  for (const auto& [size, count] : sizes) {
    sum += size * static_cast<double>(count);
    taken += static_cast<double>(count);
    const double candidate = (sum - radius) / taken;
    if (candidate >= size) break;
    threshold = candidate;
  }
  return radius > 0 ? threshold : sizes.front().value;
}

}  // namespace a2q
