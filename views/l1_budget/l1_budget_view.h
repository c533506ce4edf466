// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/common/plot_pane.h"
#include "views/l1_budget/budget_rows.h"

class QCPBars;
class QCPErrorBars;
class QCPGraph;
class QCPItemStraightLine;
class QCPItemText;
class QLabel;

namespace a2q::views {

/// The home pane: for every layer with a budget one bar, the largest ‖q‖₁ of any channel as a share
/// of what P allows, with median tick, whisker from the smallest to the largest, and the limit.
class L1BudgetView : public PlotPane {
  Q_OBJECT

 public:
  explicit L1BudgetView(QWidget* parent = nullptr);

  /// Shows a snapshot; layers without channels show their budget alone.
  void showLayers(const std::vector<LayerSnapshot>& layers);

  [[nodiscard]] const BudgetRows& shown() const { return shown_; }
  [[nodiscard]] QString csvText() const override;

 protected:
  void fit() override;
  void themeSeries(const PlotTheme& theme) override;
  [[nodiscard]] QString tipAt(const QPoint& place) const override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  void createSeries();
  void createLimit();
  void showNames();
  void showBars();
  void showLabels();
  void placeLabels();
  void fitShares();
  [[nodiscard]] double positionOf(std::size_t row) const;

  BudgetRows shown_;
  QCPBars* bars_ = nullptr;
  QCPBars* over_bars_ = nullptr;
  QCPGraph* medians_ = nullptr;
  QCPErrorBars* whiskers_ = nullptr;
  QCPItemStraightLine* limit_ = nullptr;
  QCPItemText* limit_label_ = nullptr;
  std::vector<QCPItemText*> labels_;
  QLabel* free_ = nullptr;
};

}  // namespace a2q::views
