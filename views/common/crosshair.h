// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <QString>
#include <functional>
#include <optional>
#include <vector>

#include "views/common/plot_theme.h"
#include "views/common/qcustomplot.h"

namespace a2q::views {

/// How a crosshair spells a value; what it shows is up to the pane.
struct CrosshairWords {
  std::function<QString(const QCPAxis& axis, double key)> key;
  std::function<QString(const QCPAbstractPlottable& series, double value)> value;
};

/// The point of a series that is nearest to a key along its axis; none: it has no numbers.
[[nodiscard]] std::optional<double> valueNearest(QCPAbstractPlottable& series, double key);

/// A line through all stacked plots at one key, and a box with the value of every visible series
/// there. It has a layer of its own: moving it draws nothing else.
class Crosshair {
 public:
  Crosshair(QCustomPlot& plot, CrosshairWords words);

  /// Moves it to a place in pixels.
  void moveTo(const QPoint& place);
  /// Moves it along the keys by pixels; from the middle when it is not shown yet.
  void step(double pixels);
  void hide();
  /// Reads the values again and follows the axes; call before each drawing.
  void update();
  /// Draws its layer alone.
  void draw();
  void applyTheme(const PlotTheme& theme) { theme_ = theme; }

  [[nodiscard]] bool shown() const { return rect_ != nullptr; }
  [[nodiscard]] double key() const { return key_; }
  /// The key, and under the heading of each plot its series with their values, a line each.
  [[nodiscard]] QString textAt(double key) const;

 private:
  [[nodiscard]] QCPAxis* keyAxis() const;
  /// The plots whose keys are those of the one under the mouse.
  [[nodiscard]] std::vector<QCPAxisRect*> linkedRects() const;
  void createBox();
  void placeLines();
  void placeBox();

  QCustomPlot& plot_;
  CrosshairWords words_;
  QPointer<QCPAxisRect> rect_;  ///< where the mouse is; null: hidden
  double key_ = 0;
  double across_ = 0;  ///< the other coordinate of the mouse, in pixels
  std::vector<QPointer<QCPItemStraightLine>> lines_;  ///< a pane may clear all items
  QPointer<QCPItemText> box_;
  PlotTheme theme_;
};

}  // namespace a2q::views
