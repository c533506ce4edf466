// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPainter>
#include <optional>

#include "views/accumulator/accumulator_rows.h"
#include "views/common/plot_theme.h"

class QCPAxis;

namespace a2q::views {

/// What is emphasised among the rows.
struct ChosenChannel {
  int row = -1;                           ///< −1: none
  std::optional<AccumulatorRange> range;  ///< of the channel, when one is selected
};

/// Paints the rows: P as a frame, the reachable interval as a bar, the selected channel as a thin
/// bar below it, the range seen on data as a dashed outline, what leaves P hatched red.
class AccumulatorBars {
 public:
  AccumulatorBars(const QCPAxis& values, const QCPAxis& rows) : values_(values), rows_(rows) {}

  void paint(QPainter& painter, const std::vector<AccumulatorRow>& rows,
             const ChosenChannel& chosen) const;

  void setScale(AccumulatorScale scale) { scale_ = scale; }
  void setTheme(const PlotTheme& theme) { theme_ = theme; }
  [[nodiscard]] AccumulatorScale scale() const { return scale_; }

 private:
  void paintRow(QPainter& painter, int row, const AccumulatorRow& values) const;
  void paintOver(QPainter& painter, int row, const AccumulatorRow& values) const;
  void paintLabel(QPainter& painter, int row, const AccumulatorRow& values) const;
  [[nodiscard]] QRectF bar(int row, double top, double bottom, const AccumulatorRange& range,
                           const AccumulatorSpec& frame) const;

  const QCPAxis& values_;
  const QCPAxis& rows_;
  AccumulatorScale scale_ = AccumulatorScale::kShare;
  PlotTheme theme_;
};

}  // namespace a2q::views
