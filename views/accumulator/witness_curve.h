// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include "views/accumulator/witness_shown.h"
#include "views/common/plot_pane.h"

class QCPGraph;
class QCPItemStraightLine;
class QCPItemText;

namespace a2q::views {

/// A point of a running sum: the sum after `step` products.
struct SumPoint {
  double step = 0;
  double sum = 0;
};

/// The running sum from 0 on, thinned to about `most` points: of every stretch its first, least,
/// largest and last value stay.
[[nodiscard]] std::vector<SumPoint> thinned(const std::vector<Int128>& running_sums,
                                            std::size_t most);

/// The running sum of a witness, step by step, against the ends of accumulators.
class WitnessCurve : public PlotPane {
  Q_OBJECT

 public:
  explicit WitnessCurve(QWidget* parent = nullptr);

  void show(const WitnessAnswer& answer);
  [[nodiscard]] QString csvText() const override;

 protected:
  void fit() override;
  void themeSeries(const PlotTheme& theme) override;
  [[nodiscard]] QString tipAt(const QPoint& place) const override;

 private:
  /// The two ends of an accumulator as lines.
  struct Limit {
    QCPItemStraightLine* low = nullptr;
    QCPItemStraightLine* high = nullptr;
    QCPItemText* low_label = nullptr;
    QCPItemText* high_label = nullptr;
  };

  [[nodiscard]] Limit addLimit();
  void showLimit(const Limit& limit, std::optional<BitWidth> width);
  [[nodiscard]] std::optional<BitWidth> targetInSight() const;

  QCPGraph* sums_ = nullptr;
  Limit target_;
  Limit smallest_;
  std::optional<WitnessAnswer> answer_;
};

}  // namespace a2q::views
