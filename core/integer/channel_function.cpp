// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/integer/channel_function.h"

#include <algorithm>
#include <cmath>

namespace a2q {

double ChannelFunction::operator()(std::int64_t a) const {
  double y = static_cast<double>(a) * scale;
  for (const AffineStep& step : steps) {
    const double product = (y - step.minus) * step.factor;
    y = product + step.plus;
  }
  return y;
}

AffineLine lineOf(const ChannelFunction& function) {
  AffineLine line{function.scale, 0};
  for (const AffineStep& step : function.steps) {
    line.slope *= step.factor;
    line.offset = (line.offset - step.minus) * step.factor + step.plus;
  }
  return line;
}

std::int64_t RealQuantizer::operator()(double y) const {
  const double nearest = std::nearbyint(y * inverse);
  const double clipped = std::clamp(nearest, static_cast<double>(format.minimum()),
                                    static_cast<double>(format.maximum()));
  return static_cast<std::int64_t>(clipped);
}

std::vector<std::int64_t> findThresholds(const ChannelFunction& function,
                                         const RealQuantizer& quantizer, std::int64_t low,
                                         std::int64_t high) {
  std::vector<std::int64_t> thresholds;
  std::int64_t from = low;
  for (std::int64_t code = quantizer.format.minimum() + 1; code <= quantizer.format.maximum();
       ++code) {
    std::int64_t to = high + 1;
    while (from < to) {
      const std::int64_t middle = from + (to - from) / 2;
      if (quantizer(function(middle)) >= code) {
        to = middle;
      } else {
        from = middle + 1;
      }
    }
    thresholds.push_back(from);
  }
  return thresholds;
}

}  // namespace a2q
