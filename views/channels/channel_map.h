// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRgb>
#include <vector>

#include "views/channels/channel_grid.h"
#include "views/common/qcustomplot.h"

namespace a2q::views {

enum class ColorScaling { kLinear, kLogarithmic };

/// Viridis: even in lightness and in what colour-blind eyes see, from dark blue to yellow.
[[nodiscard]] QCPColorGradient viridis();

/// Colours of values; what is near the limit is bright: a large share, a small margin.
class ChannelColors {
 public:
  /// `lowest` < `highest`; a logarithmic scale needs `lowest` > 0.
  ChannelColors(ChannelQuantity quantity, double lowest, double highest, ColorScaling scaling);

  [[nodiscard]] QRgb of(float value) const;
  [[nodiscard]] const QCPColorGradient& gradient() const { return gradient_; }
  [[nodiscard]] QCPRange range() const { return {lowest_, highest_}; }
  [[nodiscard]] ColorScaling scaling() const { return scaling_; }

 private:
  QCPColorGradient gradient_;
  double lowest_;
  double highest_;
  ColorScaling scaling_;
  std::vector<QRgb> table_;
};

}  // namespace a2q::views
