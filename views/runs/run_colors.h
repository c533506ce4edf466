// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QPixmap>
#include <map>
#include <set>
#include <string>

namespace a2q::views {

/// A background that colours must stand out from.
enum class Ground { kLight, kDark };

/// How a run is drawn beside the one on screen: one of six colours that stay apart for colour-blind
/// eyes and from the colours of PlotTheme, and, beyond the sixth run, a dash pattern.
struct RunStroke {
  int slot = 0;  ///< from 0
  static constexpr int kColors = 6;
  [[nodiscard]] QColor color(Ground ground) const;
  /// 0: solid, 1: dashed, 2: dotted, 3: dash-dotted.
  [[nodiscard]] int dash() const { return slot / kColors % 4; }
};

/// The first colour of PlotTheme, in which panes draw the run on screen.
[[nodiscard]] QColor shownRunColor(Ground ground);

/// A short line drawn that way.
[[nodiscard]] QPixmap swatch(const RunStroke& stroke, Ground ground);
/// `dash` as RunStroke::dash().
[[nodiscard]] QPixmap swatch(const QColor& color, int dash);

/// Which run has which stroke. A run keeps its stroke while it is visible, and gets it back when it
/// is shown again, unless a visible run has it by then.
class RunColors {
 public:
  void show(const std::string& run);
  void hide(const std::string& run);
  /// Null: it was never visible.
  [[nodiscard]] const RunStroke* strokeOf(const std::string& run) const;

 private:
  std::map<std::string, RunStroke> strokes_;
  std::set<int> taken_;  ///< by visible runs
  std::set<std::string> visible_;
};

}  // namespace a2q::views
