// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/runs/run_colors.h"

#include <QPainter>
#include <array>

namespace a2q::views {

QColor RunStroke::color(Ground ground) const {
  // Pairs stay ΔE 23 apart for protanopes and deuteranopes too, contrast with the ground ≥ 3. The
  // blue and the orange of PlotTheme, as far from each of these, belong to the run on screen.
  static constexpr std::array<QRgb, kColors> kOnLight{0xFF15A27F, 0xFF000000, 0xFFE109FF,
                                                      0xFF55175C, 0xFFB4183F, 0xFF0000FF};
  static constexpr std::array<QRgb, kColors> kOnDark{0xFFFFFFFF, 0xFFD131FF, 0xFFD12F1A,
                                                     0xFF208E60, 0xFF66FF94, 0xFFF7FF18};
  const auto index = static_cast<std::size_t>(slot % kColors);
  return QColor::fromRgb(ground == Ground::kDark ? kOnDark[index] : kOnLight[index]);
}

QColor shownRunColor(Ground ground) {
  return QColor::fromRgb(ground == Ground::kDark ? 0xFF56B4E9 : 0xFF0072B2);
}

QPixmap swatch(const RunStroke& stroke, Ground ground) {
  return swatch(stroke.color(ground), stroke.dash());
}

QPixmap swatch(const QColor& color, int dash) {
  constexpr QSize kSize(28, 14);
  constexpr qreal kSharp = 2;
  constexpr std::array kStyles{Qt::SolidLine, Qt::DashLine, Qt::DotLine, Qt::DashDotLine};
  QPixmap picture(kSize * kSharp);
  picture.setDevicePixelRatio(kSharp);
  picture.fill(Qt::transparent);
  QPainter painter(&picture);
  painter.setPen(QPen(color, 4, kStyles[static_cast<std::size_t>(dash)], Qt::FlatCap));
  painter.drawLine(0, kSize.height() / 2, kSize.width(), kSize.height() / 2);
  return picture;
}

void RunColors::show(const std::string& run) {
  if (!visible_.insert(run).second) return;
  const auto known = strokes_.find(run);
  int slot = known == strokes_.end() ? 0 : known->second.slot;
  if (taken_.contains(slot)) {
    slot = 0;
    while (taken_.contains(slot)) ++slot;
  }
  taken_.insert(slot);
  strokes_[run] = {slot};
}

void RunColors::hide(const std::string& run) {
  if (visible_.erase(run) > 0) taken_.erase(strokes_.at(run).slot);
}

const RunStroke* RunColors::strokeOf(const std::string& run) const {
  const auto found = strokes_.find(run);
  return found == strokes_.end() ? nullptr : &found->second;
}

}  // namespace a2q::views
