// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/quant/l1_projection.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

namespace a2q {

double l1ProjectionThreshold(std::span<const double> values, double radius) {
  std::vector<double> sizes(values.size());
  std::transform(values.begin(), values.end(), sizes.begin(), [](double x) { return std::abs(x); });
  double norm = 0;
  for (const double size : sizes) norm += size;
  if (norm <= radius) return 0;
  std::sort(sizes.begin(), sizes.end(), std::greater<>());
  double sum = 0;
  double threshold = 0;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    sum += sizes[i];
    const double candidate = (sum - radius) / static_cast<double>(i + 1);
    if (candidate >= sizes[i]) break;
    threshold = candidate;
  }
  return radius > 0 ? threshold : sizes.front();
}

}  // namespace a2q
