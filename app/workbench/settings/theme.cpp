// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/settings/theme.h"

#include <QApplication>
#include <QEvent>
#include <QToolTip>
#include <algorithm>
#include <cmath>

#include "app/workbench/settings/clear_style.h"

namespace a2q::workbench {
namespace {

struct Tones {
  QRgb window, base, alternate, button, text, grey, highlight, link, visited, tip, tip_text, border;
};

constexpr Tones kLight{0xFFF2F2F3, 0xFFFFFFFF, 0xFFF4F6F9, 0xFFE9E9EB, 0xFF1C1D1F, 0xFF6A6C70,
                       0xFF1660A8, 0xFF0B5CAD, 0xFF6B3FA0, 0xFFFFFBE6, 0xFF1C1D1F, 0xFFB4B6BA};
constexpr Tones kDark{0xFF2B2C2F, 0xFF1E1F21, 0xFF26282B, 0xFF38393D, 0xFFE8E9EB, 0xFF9C9EA3,
                      0xFF2A6BB0, 0xFF7AB8F5, 0xFFC7A3F0, 0xFF3C3E42, 0xFFF2F3F5, 0xFF55575C};

QPalette paletteOf(const Tones& tones) {
  QPalette palette(QColor::fromRgb(tones.button), QColor::fromRgb(tones.window));
  const auto set = [&](QPalette::ColorRole role, QRgb tone) {
    palette.setColor(QPalette::All, role, QColor::fromRgb(tone));
  };
  set(QPalette::Window, tones.window);
  set(QPalette::Base, tones.base);
  set(QPalette::AlternateBase, tones.alternate);
  set(QPalette::Button, tones.button);
  for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
    set(role, tones.text);
    palette.setColor(QPalette::Disabled, role, QColor::fromRgb(tones.grey));
  }
  set(QPalette::BrightText, tones.text);
  set(QPalette::PlaceholderText, tones.grey);
  set(QPalette::Highlight, tones.highlight);
  set(QPalette::HighlightedText, 0xFFFFFFFF);
  set(QPalette::Link, tones.link);
  set(QPalette::LinkVisited, tones.visited);
  set(QPalette::ToolTipBase, tones.tip);
  set(QPalette::ToolTipText, tones.tip_text);
  set(QPalette::Mid, tones.border);
  return palette;
}

/// IEC 61966-2-1, as WCAG 2.1 defines the relative luminance.
double luminance(const QColor& colour) {
  const auto linear = [](double share) {
    return share <= 0.04045 ? share / 12.92 : std::pow((share + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) +
         0.0722 * linear(colour.blueF());
}

QColor laidOn(const QColor& colour, const QColor& ground) {
  const double share = colour.alphaF();
  const auto mixed = [share](double over, double under) {
    return static_cast<float>(share * over + (1 - share) * under);
  };
  return QColor::fromRgbF(mixed(colour.redF(), ground.redF()),
                          mixed(colour.greenF(), ground.greenF()),
                          mixed(colour.blueF(), ground.blueF()));
}

void dressToolTips() {
  QPalette palette = QToolTip::palette();
  const QPalette whole = QApplication::palette();
  for (const auto role : {QPalette::ToolTipBase, QPalette::ToolTipText}) {
    palette.setColor(QPalette::All, role, whole.color(role));
  }
  // Fusion paints tooltips with Window and WindowText when a style sheet takes part.
  palette.setColor(QPalette::All, QPalette::Window, whole.color(QPalette::ToolTipBase));
  palette.setColor(QPalette::All, QPalette::WindowText, whole.color(QPalette::ToolTipText));
  QToolTip::setPalette(palette);
}

}  // namespace

QPalette lightPalette() { return paletteOf(kLight); }

QPalette darkPalette() { return paletteOf(kDark); }

double contrastRatio(const QColor& text, const QColor& ground) {
  const double first = luminance(laidOn(text, ground));
  const double second = luminance(ground);
  return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

ThemeKeeper::ThemeKeeper(QObject* parent) : QObject(parent) {
  QApplication::setStyle(new ClearStyle);
  qApp->installEventFilter(this);
  setTheme(theme_);
}

void ThemeKeeper::setTheme(Theme theme) {
  theme_ = theme;
  switch (theme) {
    // An empty palette is resolved against that of the desktop, now and whenever it changes.
    case Theme::kSystem: QApplication::setPalette(QPalette()); break;
    case Theme::kLight: QApplication::setPalette(lightPalette()); break;
    case Theme::kDark: QApplication::setPalette(darkPalette()); break;
  }
  dressToolTips();
}

bool ThemeKeeper::eventFilter(QObject* watched, QEvent* event) {
  const bool recoloured =
      event->type() == QEvent::ApplicationPaletteChange || event->type() == QEvent::ThemeChange;
  if (recoloured && watched == qApp) {
    dressToolTips();
    Q_EMIT changed();
  }
  return QObject::eventFilter(watched, event);
}

}  // namespace a2q::workbench
