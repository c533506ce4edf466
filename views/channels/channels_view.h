// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <optional>

#include "views/channels/channel_image.h"
#include "views/common/plot_pane.h"
#include "views/common/run_story.h"
#include "views/common/selection.h"

class QLabel;

namespace a2q::views {

class ChannelControls;
class PaintedItem;

/// The heat map of all channels: layers as rows, channels as cells, colour = use of the budget or
/// exact margin. A click or the arrow keys select a layer and a channel.
class ChannelsView : public PlotPane, public RunPane {
  Q_OBJECT

 public:
  /// The selection must outlive it.
  explicit ChannelsView(Selection& selection, QWidget* parent = nullptr);

  void showRun(const StoryPointer& story) override;

  [[nodiscard]] const ChannelGrid& shown() const { return grid_; }
  /// The middle of a cell in pixels of the plot.
  [[nodiscard]] QPoint placeOf(int row, int cell) const;
  [[nodiscard]] QString csvText() const override;

 protected:
  void fit() override;
  void themeSeries(const PlotTheme& theme) override;
  [[nodiscard]] QString tipAt(const QPoint& place) const override;
  bool keyPressed(const QKeyEvent& event) override;
  void clicked(const QPoint& place) override;

 private:
  struct Place {
    int row;
    int cell;
  };

  void createPlot();
  void showValues();
  void showColors();
  void showWords();
  void selectionChanged();
  void paint(QPainter& painter);
  void paintSelection(QPainter& painter) const;
  void select(Place place);
  void scrollTo(Place place);
  [[nodiscard]] std::optional<Place> placeAt(const QPoint& place) const;
  [[nodiscard]] GridWindow window() const;
  [[nodiscard]] int channelIn(Place place) const;

  Selection& selection_;
  ChannelControls* controls_ = nullptr;
  QLabel* words_ = nullptr;
  QLabel* chosen_ = nullptr;
  QCPColorScale* scale_ = nullptr;
  QCPItemText* note_ = nullptr;
  PaintedItem* map_ = nullptr;
  ChannelGrid grid_;
  ChannelColors colors_;
  ImageInk ink_;
  QImage image_;  ///< of `image_window_`; null: to be made
  GridWindow image_window_;
};

}  // namespace a2q::views
