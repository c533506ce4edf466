// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <optional>

#include "views/common/plot_theme.h"
#include "views/weights/weight_histogram.h"

class QCPBars;
class QCPItemStraightLine;
class QCPItemText;
class QCustomPlot;

namespace a2q::views {

enum class CountScale { kLinear, kLogarithmic };

/// The bars of a histogram in a plot: levels, the zeros apart from them, and the edges ±L.
class WeightPlot {
 public:
  /// Adds everything to a plot, which owns it and must outlive this.
  explicit WeightPlot(QCustomPlot& plot);

  void show(const std::optional<WeightHistogram>& histogram);
  void setScale(CountScale scale);
  void fit();
  void theme(const PlotTheme& theme);
  [[nodiscard]] QString tipAt(const QPoint& place) const;

 private:
  struct Edge {
    QCPItemStraightLine* line = nullptr;
    QCPItemText* label = nullptr;
  };

  void showEdge(const Edge& edge, double at, const QString& text);
  void fitCounts();

  QCustomPlot& plot_;
  QCPBars* levels_ = nullptr;
  QCPBars* zeros_ = nullptr;
  QCPItemText* zero_label_ = nullptr;
  Edge low_;
  Edge high_;
  CountScale scale_ = CountScale::kLinear;
  std::optional<WeightHistogram> shown_;
};

}  // namespace a2q::views
