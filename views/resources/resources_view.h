// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bounds/accumulator_policy.h"
#include "views/common/plot_pane.h"
#include "views/common/selection.h"
#include "views/resources/resource_bars.h"

class QComboBox;
class QCPItemText;
class QLabel;
class QMenu;

namespace a2q::views {

class DeviceBox;
class FoldingBox;
class LimitsBox;
class PolicyTable;
class SynthesisBox;
struct SynthesisState;

/// What every layer takes of a device, how fast the design is, and what the policies for
/// accumulators cost, side by side.
class ResourcesView : public PlotPane {
  Q_OBJECT

 public:
  /// The selection must outlive it.
  explicit ResourcesView(Selection& selection, QWidget* parent = nullptr);

  /// Draws it before it returns.
  void showHardware(const HardwarePointer& story);

  void showSynthesis(const SynthesisState& state);

  [[nodiscard]] const HardwarePointer& story() const { return story_; }
  [[nodiscard]] const std::vector<ResourceRow>& shown() const { return rows_; }
  /// The middle of a row in pixels of the plot.
  [[nodiscard]] QPoint placeOf(int row) const;
  [[nodiscard]] QString csvText() const override;

 Q_SIGNALS:
  void placeWanted(const QString& name);
  void modelWanted(a2q::ModelKind model);
  void utilisationWanted(int percent);
  /// 0: what the device usually reaches.
  void clockWanted(int mhz);
  void policyWanted(a2q::AccumulatorPolicy policy);
  void foldingWanted(const QString& layer, qint64 pe, qint64 simd);
  void foldingFreed(const QString& layer);
  /// The line of the command line that tells the same.
  void copyWanted();
  void synthesisWanted();
  void synthesisStopWanted();

 protected:
  void fit() override;
  void themeSeries(const PlotTheme& theme) override;
  [[nodiscard]] QString tipAt(const QPoint& place) const override;
  bool keyPressed(const QKeyEvent& event) override;
  void clicked(const QPoint& place) override;
  void fillMenu(QMenu& menu) override;

 private:
  // resources_view_layout.cpp
  void createControls();
  void createPlot();
  void createBelow();

  void showKinds();
  void showRows();
  void showWords();
  void showSelected();
  void moveTo(int row);
  [[nodiscard]] int rowAt(const QPoint& place) const;
  [[nodiscard]] int selectedRow() const;

  Selection& selection_;
  DeviceBox* device_ = nullptr;
  QComboBox* model_ = nullptr;
  QComboBox* kind_ = nullptr;
  LimitsBox* limits_ = nullptr;
  SynthesisBox* synthesis_ = nullptr;
  QLabel* verdict_ = nullptr;
  QLabel* compared_ = nullptr;  ///< with synthesis
  QLabel* speed_ = nullptr;
  PolicyTable* policies_ = nullptr;
  FoldingBox* folding_ = nullptr;
  QCPItemText* note_ = nullptr;
  ResourceBars bars_;
  HardwarePointer story_;
  std::vector<ResourceRow> rows_;
};

}  // namespace a2q::views
