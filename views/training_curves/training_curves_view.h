// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <map>
#include <memory>
#include <set>
#include <vector>

#include "views/common/plot_pane.h"
#include "views/common/run_story.h"
#include "views/training_curves/curve_panel.h"

class QAction;
class QComboBox;
class QCPMarginGroup;

namespace a2q::views {

/// Stacked plots of a run over its steps, epochs or seconds: loss and score, and what else a person
/// chooses; smoothed with the raw values behind, over the same curves of compared runs.
class TrainingCurvesView : public PlotPane, public RunPane {
  Q_OBJECT

 public:
  explicit TrainingCurvesView(QWidget* parent = nullptr);
  ~TrainingCurvesView() override;

  void showRun(const StoryPointer& story) override;
  void showCompared(const std::vector<ComparedRun>& runs) override;

  void showKinds(const std::set<CurveKind>& kinds);
  void setKeyUnit(KeyUnit unit);

  /// Of the run that is shown.
  [[nodiscard]] int stepCount() const;
  [[nodiscard]] int epochCount() const;
  /// Whether compared runs are still being read, a little at a time; they are drawn at the end.
  [[nodiscard]] bool readsRuns() const { return !waiting_.empty(); }
  [[nodiscard]] QString csvText() const override;
  [[nodiscard]] QString title() const override;
  [[nodiscard]] const std::vector<std::unique_ptr<CurvePanel>>& panels() const { return panels_; }

 protected:
  void fit() override;
  void themeSeries(const PlotTheme& theme) override;
  [[nodiscard]] QString tipAt(const QPoint& place) const override;
  [[nodiscard]] std::vector<QCPAxis*> logAxes() const override;
  [[nodiscard]] QString valueText(const QCPAbstractPlottable& series, double value) const override;
  [[nodiscard]] QString keyText(const QCPAxis& axis, double key) const override;
  void seriesToggled(const QString& name) override;
  void smoothingChanged(double weight) override;

 private:
  void createControls();
  void readWaiting();
  void createPanels();
  void linkKeys(CurvePanel& panel);
  void rebuildCurves();
  void fillRun();
  void fillOverlays();
  void updateLegend();
  void updateNotice();
  void showAll();
  [[nodiscard]] CurveNames names() const;
  [[nodiscard]] Metric metric() const;
  [[nodiscard]] CurvePanel* panelAt(const QPoint& place) const;

  CurveOptions options_;
  std::set<CurveKind> kinds_{CurveKind::kLoss, CurveKind::kScore};
  StoryPointer story_;
  RunCurves curves_{Ghosts::kKept};
  std::vector<ComparedRun> compared_;
  std::map<StoryPointer, std::unique_ptr<RunCurves>> compared_curves_;
  std::vector<StoryPointer> waiting_;  ///< compared runs that are not read yet
  QTimer more_;
  std::vector<std::unique_ptr<CurvePanel>> panels_;
  QCPMarginGroup* margins_ = nullptr;
  QString legend_names_;  ///< what the legend was made for
  std::map<CurveKind, QAction*> kind_actions_;
  QComboBox* unit_box_ = nullptr;
};

}  // namespace a2q::views
