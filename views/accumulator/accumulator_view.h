// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/accumulator/accumulator_bars.h"
#include "views/accumulator/accumulator_rows.h"
#include "views/accumulator/witness_shown.h"
#include "views/common/plot_pane.h"
#include "views/common/selection.h"

class QComboBox;
class QCPItemText;
class QLabel;
class QMenu;
class QPushButton;
class QSplitter;

namespace a2q::views {

class WitnessPanel;

/// What the accumulators of every layer can reach inside P bits, beside what they did reach on
/// data, and the input that attains the worst case.
class AccumulatorView : public PlotPane, public RunPane {
  Q_OBJECT

 public:
  /// The selection must outlive it.
  explicit AccumulatorView(Selection& selection, QWidget* parent = nullptr);

  void showRun(const StoryPointer& story) override;
  /// The answer to witnessWanted().
  void showWitness(const WitnessShown& shown);

  [[nodiscard]] const std::vector<AccumulatorRow>& shown() const { return rows_; }
  /// The middle of a row in pixels of the plot.
  [[nodiscard]] QPoint placeOf(int row) const;
  [[nodiscard]] QString csvText() const override;

 public Q_SLOTS:
  /// Asks for the witness of the selected channel, else of the worst channel of the selected layer,
  /// else of the layer with the least room.
  void askWitness();

 Q_SIGNALS:
  void observeWanted();
  void witnessWanted(const QString& layer, int channel, a2q::WitnessSide side);

 protected:
  void fit() override;
  void themeSeries(const PlotTheme& theme) override;
  [[nodiscard]] QString tipAt(const QPoint& place) const override;
  bool keyPressed(const QKeyEvent& event) override;
  void clicked(const QPoint& place) override;
  void fillMenu(QMenu& menu) override;

 private:
  void hideWitness();
  void createControls();
  void createPlot();
  void showRows();
  void showWords();
  void showScale();
  void chooseChannel();
  void moveTo(int row);
  [[nodiscard]] int selectedRow() const;
  [[nodiscard]] int worstRow() const;
  [[nodiscard]] const LayerSnapshot& layerOf(int row) const;

  Selection& selection_;
  QComboBox* scale_ = nullptr;
  QPushButton* witness_ = nullptr;
  QPushButton* observe_ = nullptr;
  QLabel* words_ = nullptr;
  QSplitter* parts_ = nullptr;
  WitnessPanel* panel_ = nullptr;
  QCPItemText* note_ = nullptr;
  AccumulatorBars bars_;
  StoryPointer story_;
  std::vector<AccumulatorRow> rows_;
  ChosenChannel chosen_;
};

}  // namespace a2q::views
