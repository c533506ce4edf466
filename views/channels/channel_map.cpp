// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/channels/channel_map.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace a2q::views {
namespace {

constexpr int kLevels = 256;

}  // namespace

QCPColorGradient viridis() {
  // Nine points of the map of S. van der Walt and N. Smith (matplotlib, CC0).
  constexpr std::array<QRgb, 9> kStops = {0xFF440154, 0xFF472D7B, 0xFF3B528B,
                                          0xFF2C728E, 0xFF21918C, 0xFF28AE80,
                                          0xFF5EC962, 0xFFADDC30, 0xFFFDE725};
  QCPColorGradient gradient;
  gradient.clearColorStops();
  for (std::size_t i = 0; i < kStops.size(); ++i) {
    gradient.setColorStopAt(static_cast<double>(i) / (kStops.size() - 1), QColor(kStops[i]));
  }
  gradient.setLevelCount(kLevels);
  return gradient;
}

ChannelColors::ChannelColors(ChannelQuantity quantity, double lowest, double highest,
                             ColorScaling scaling)
    : gradient_(quantity == ChannelQuantity::kMarginBits ? viridis().inverted() : viridis()),
      lowest_(lowest),
      highest_(highest),
      scaling_(scaling) {
  table_.reserve(kLevels);
  for (int i = 0; i < kLevels; ++i) table_.push_back(gradient_.color(i, {0.0, kLevels - 1.0}));
}

QRgb ChannelColors::of(float value) const {
  const double share =
      scaling_ == ColorScaling::kLinear
          ? (value - lowest_) / (highest_ - lowest_)
          : std::log(std::max<double>(value, lowest_) / lowest_) / std::log(highest_ / lowest_);
  // A channel of zeros has an infinite margin; a value that is no number has the first colour.
  const double level = std::isnan(share) ? 0 : std::clamp(share, 0.0, 1.0) * (kLevels - 1);
  return table_[static_cast<std::size_t>(std::lround(level))];
}

}  // namespace a2q::views
