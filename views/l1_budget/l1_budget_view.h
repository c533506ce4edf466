// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPen>

#include "views/common/plot_pane.h"
#include "views/common/run_story.h"
#include "views/common/selection.h"
#include "views/l1_budget/budget_rows.h"

class QCPBars;
class QCPErrorBars;
class QCPGraph;
class QCPItemRect;
class QCPItemStraightLine;
class QCPItemText;
class QLabel;

namespace a2q::views {

/// The home pane: for every layer with a budget one bar, the largest ‖q‖₁ of any channel as a share
/// of what P allows, with median tick, whisker from the smallest to the largest, the limit, and a
/// dotted frame where the bar ended an epoch before. A click or the arrow keys choose a layer.
class L1BudgetView : public PlotPane, public RunPane {
  Q_OBJECT

 public:
  explicit L1BudgetView(Selection& selection, QWidget* parent = nullptr);

  void showRun(const StoryPointer& story) override;
  /// Shows a snapshot without a trail; layers without channels show their budget alone.
  void showLayers(const std::vector<LayerSnapshot>& layers);

  [[nodiscard]] const BudgetRows& shown() const { return shown_; }
  [[nodiscard]] QString csvText() const override;

 protected:
  void fit() override;
  void themeSeries(const PlotTheme& theme) override;
  [[nodiscard]] QString tipAt(const QPoint& place) const override;
  [[nodiscard]] QString valueText(const QCPAbstractPlottable& series, double value) const override;
  [[nodiscard]] QString keyText(const QCPAxis& axis, double key) const override;
  bool keyPressed(const QKeyEvent& event) override;
  void clicked(const QPoint& place) override;
  void fillMenu(QMenu& menu) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  void createSeries();
  void createLimit();
  void showRows(BudgetRows rows);
  void recreateLabels();
  void showFree();
  void showSelection();
  void showAllRows();
  void reveal(std::size_t row);
  /// Names and labels of the rows in view, as many as are readable.
  void placeNames();
  void showBars();
  void showLabels();
  void fitShares();
  [[nodiscard]] double positionOf(std::size_t row) const;

  [[nodiscard]] std::optional<std::size_t> rowAt(const QPoint& place) const;
  [[nodiscard]] std::optional<std::size_t> selectedRow() const;
  [[nodiscard]] QPen medianPen() const;
  [[nodiscard]] bool inView(std::size_t row) const;

  Selection& selection_;
  BudgetRows shown_;
  QCPBars* bars_ = nullptr;
  QCPBars* over_bars_ = nullptr;
  QCPBars* trail_ = nullptr;
  QCPItemRect* band_ = nullptr;  ///< behind the selected row
  QCPGraph* medians_ = nullptr;
  QCPErrorBars* whiskers_ = nullptr;
  QCPItemStraightLine* limit_ = nullptr;
  QCPItemText* limit_label_ = nullptr;
  std::vector<QCPItemText*> labels_;
  QLabel* free_ = nullptr;
};

}  // namespace a2q::views
