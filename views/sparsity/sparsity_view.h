// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "views/common/plot_pane.h"
#include "views/common/run_story.h"
#include "views/common/selection.h"
#include "views/sparsity/sparsity_values.h"

class QCPGraph;
class QCPItemText;
class QCPLegend;
class QComboBox;
class QListWidget;

namespace a2q::views {

/// What the pane shows sparsity over.
enum class SparsityMode { kEpochs, kAccumulator };

/// The share of zero weights: of every layer over the epochs, or of whole runs against P, a point a
/// run; and below it the dead channels.
class SparsityView : public PlotPane, public RunPane {
  Q_OBJECT

 public:
  explicit SparsityView(Selection& selection, QWidget* parent = nullptr);

  void showRun(const StoryPointer& story) override;
  void showCompared(const std::vector<ComparedRun>& runs) override;
  void setMode(SparsityMode mode);

  [[nodiscard]] const std::vector<LayerSparsity>& layers() const { return layers_; }
  [[nodiscard]] const std::vector<DeadChannel>& dead() const { return dead_; }
  [[nodiscard]] QString csvText() const override;
  [[nodiscard]] QString title() const override;

 protected:
  void fit() override;
  void themeSeries(const PlotTheme& theme) override;
  [[nodiscard]] QString tipAt(const QPoint& place) const override;
  [[nodiscard]] QString valueText(const QCPAbstractPlottable& series, double value) const override;
  [[nodiscard]] QString keyText(const QCPAxis& axis, double key) const override;
  bool keyPressed(const QKeyEvent& event) override;
  void clicked(const QPoint& place) override;

 private:
  void createControls();
  void createDeadList();
  void rebuildSeries();
  void fillSeries();
  void fillLegend();
  void showDead();
  void showSelection();
  void updateNotice();
  void redraw();
  [[nodiscard]] QCPGraph* graphAt(const QPoint& place) const;
  [[nodiscard]] int selectedLayer() const;

  Selection& selection_;
  SparsityMode mode_ = SparsityMode::kEpochs;
  StoryPointer story_;
  std::vector<ComparedRun> compared_;
  std::vector<LayerSparsity> layers_;
  std::vector<DeadChannel> dead_;
  /// One a layer, or one a run with a P; the run that is shown is the last.
  std::vector<QCPGraph*> graphs_;
  std::vector<QColor> run_colors_;  ///< of the graphs of compared runs
  int runs_without_p_ = 0;
  QCPItemText* label_ = nullptr;  ///< names the selected layer in the plot
  QComboBox* mode_box_ = nullptr;
  QLabel* dead_heading_ = nullptr;
  QListWidget* dead_list_ = nullptr;
};

}  // namespace a2q::views
