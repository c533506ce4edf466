// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/training/run_record.h"
#include "views/common/plot_pane.h"

class QCPAxisRect;
class QCPGraph;

namespace a2q::views {

/// Loss and score (accuracy or PSNR) over the steps, with the test's value at the end of every
/// epoch.
class TrainingCurvesView : public PlotPane {
  Q_OBJECT

 public:
  explicit TrainingCurvesView(QWidget* parent = nullptr);

  void clear();
  /// Appends rows in the order in which they were measured.
  void addSteps(const std::vector<StepReport>& steps);
  void addEpochs(const std::vector<EpochRecord>& epochs);

  [[nodiscard]] int stepCount() const;
  [[nodiscard]] int epochCount() const;
  [[nodiscard]] QString csvText() const override;

 protected:
  void fit() override;
  void themeSeries(const PlotTheme& theme) override;
  [[nodiscard]] QString tipAt(const QPoint& place) const override;

 private:
  /// One of the two plots: a line for training, dots for the test.
  struct Curve {
    QCPAxisRect* rect = nullptr;
    QCPGraph* train = nullptr;
    QCPGraph* test = nullptr;
  };
  Curve createCurve(int row, const QString& label);
  void refresh();
  void setMetric(Metric metric);
  /// What a score is drawn in: per cent, or dB as it is.
  [[nodiscard]] double unit() const;

  Curve loss_;
  Curve score_;
  Metric metric_ = Metric::kAccuracy;
  double steps_per_epoch_ = 1;
  std::vector<EpochRecord> waiting_;  ///< epochs whose steps have not arrived yet
};

}  // namespace a2q::views
