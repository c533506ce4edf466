// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <vector>

#include "views/common/plot_theme.h"
#include "views/common/pyramid_plottable.h"
#include "views/common/run_story.h"
#include "views/training_curves/run_curves.h"

namespace a2q::views {

/// A compared run with its curves, shared by the panels.
struct OverlaidRun {
  ComparedRun run;
  RunCurves* curves = nullptr;
};

/// What the series of the run that is shown are called.
struct CurveNames {
  QString training;
  QString test;
};

/// One of the stacked plots: the line of the run that is shown with its ghost and its test values,
/// the lines of compared runs below it, and the float phase shaded. Owned by the plot's layout;
/// destroying a panel does not take it out.
class CurvePanel {
 public:
  CurvePanel(QCustomPlot& plot, CurveKind kind, int row);

  [[nodiscard]] CurveKind kind() const { return kind_; }
  [[nodiscard]] QCPAxisRect& rect() const { return *rect_; }
  [[nodiscard]] QCPAxis& keys() const { return *rect_->axis(QCPAxis::atBottom); }
  [[nodiscard]] QCPAxis& values() const { return *rect_->axis(QCPAxis::atLeft); }
  [[nodiscard]] const PyramidPlottable& line() const { return *line_; }
  [[nodiscard]] const QCPGraph& tests() const { return *tests_; }
  [[nodiscard]] const PyramidPlottable& ghost() const { return *ghost_; }
  [[nodiscard]] const std::vector<PyramidPlottable*>& overlays() const { return overlays_; }

  void showRun(RunCurves& curves, const CurveNames& names);
  void showOverlays(const std::vector<OverlaidRun>& runs);
  /// Adds a legend with the run that is shown, the baseline, and as many others as are readable.
  void addLegend();
  /// The value axis from what is visible.
  void fitValues();
  /// The last key of what is visible.
  [[nodiscard]] double lastKey() const;
  void applyTheme(const PlotTheme& theme);
  /// The ghost goes with its line.
  void followVisibility();

 private:
  [[nodiscard]] std::vector<QCPAbstractPlottable*> fitted() const;
  void placeFloatPhase(const std::optional<double>& end);

  QCustomPlot& plot_;
  CurveKind kind_;
  Metric metric_ = Metric::kAccuracy;
  QCPAxisRect* rect_ = nullptr;
  PyramidPlottable* ghost_ = nullptr;
  PyramidPlottable* line_ = nullptr;
  QCPGraph* tests_ = nullptr;
  QCPItemRect* float_phase_ = nullptr;
  QCPItemText* float_label_ = nullptr;
  std::vector<PyramidPlottable*> overlays_;
};

}  // namespace a2q::views
