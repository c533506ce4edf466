// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>

#include "views/common/plot_pane.h"
#include "views/common/run_story.h"
#include "views/common/selection.h"
#include "views/weights/weight_histogram.h"
#include "views/weights/weight_moments.h"
#include "views/weights/weight_plot.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QPushButton;
class QSlider;

namespace a2q::views {

/// The histogram of the integer weights of a layer, now or at the end of any epoch.
class WeightsView : public PlotPane, public RunPane {
  Q_OBJECT

 public:
  /// The selection must outlive it.
  explicit WeightsView(Selection& selection, QWidget* parent = nullptr);

  void showRun(const StoryPointer& story) override;

  /// The layer that is drawn; empty: none.
  [[nodiscard]] const QString& layer() const { return layer_; }
  [[nodiscard]] const std::optional<WeightHistogram>& shown() const { return shown_; }
  [[nodiscard]] QString csvText() const override;

 protected:
  void fit() override;
  void themeSeries(const PlotTheme& theme) override;
  [[nodiscard]] QString tipAt(const QPoint& place) const override;

 private:
  void createControls();
  void createSlider();
  void showNames();
  void chooseLayer();
  void showMoments();
  void showHistogram();
  void showFacts();
  void sliderMoved(int to);
  void followNow();
  [[nodiscard]] BitWidth bitsOf(const std::string& layer);
  [[nodiscard]] QString emptyText() const;

  Selection& selection_;
  QComboBox* layers_ = nullptr;
  QCheckBox* logarithmic_ = nullptr;
  QSlider* slider_ = nullptr;
  QLabel* moment_ = nullptr;
  QPushButton* now_ = nullptr;
  QLabel* facts_ = nullptr;
  QCPItemText* note_ = nullptr;
  std::unique_ptr<WeightPlot> bars_;
  StoryPointer story_;
  std::vector<WeightMoment> moments_;  ///< of `story_`
  QString layer_;
  bool follows_now_ = true;
  std::optional<WeightHistogram> shown_;
  std::optional<Experiment> planned_;  ///< what `bits_` was computed from
  std::map<std::string, BitWidth> bits_;
};

}  // namespace a2q::views
