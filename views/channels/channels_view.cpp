// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/channels/channels_view.h"

#include <QKeyEvent>
#include <QLabel>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "views/channels/channel_controls.h"
#include "views/channels/channel_text.h"
#include "views/common/layer_axis.h"
#include "views/common/painted_item.h"
#include "views/common/plot_note.h"
#include "views/common/plot_tools.h"

namespace a2q::views {

ChannelsView::ChannelsView(Selection& selection, QWidget* parent)
    : PlotPane(QStringLiteral("channels"), parent),
      selection_(selection),
      controls_(new ChannelControls),
      words_(new QLabel),
      chosen_(new QLabel),
      colors_(ChannelQuantity::kBudgetShare, 0, 1, ColorScaling::kLinear) {
  setObjectName(QStringLiteral("channels"));
  setAccessibleName(tr("Heat map of the channels"));
  setFocusProxy(&plot());
  chosen_->setWordWrap(true);
  chosen_->setObjectName(QStringLiteral("channels_chosen"));
  column().insertWidget(0, controls_);
  tools().setWords(words_);
  column().addWidget(chosen_);
  createPlot();
  connect(controls_, &ChannelControls::valuesChanged, this, [this] {
    showValues();
    selectionChanged();
  });
  connect(controls_, &ChannelControls::colorsChanged, this, [this] {
    showColors();
    plot().replot();
  });
  connect(&selection_, &Selection::changed, this, &ChannelsView::selectionChanged);
  retheme();
  showValues();
  fit();
}

void ChannelsView::createPlot() {
  plot().setFocusPolicy(Qt::StrongFocus);
  plot().setAccessibleName(accessibleName());
  plot().xAxis->grid()->setVisible(false);
  showWholeNumbers(*plot().xAxis);
  map_ = new PaintedItem(plot(), [this](QPainter& painter) { paint(painter); });
  note_ = addPlotNote(plot());
  scale_ = new QCPColorScale(&plot());
  scale_->setRangeDrag(false);
  scale_->setRangeZoom(false);
  plot().plotLayout()->addElement(0, 1, scale_);
  auto* margins = new QCPMarginGroup(&plot());
  plot().axisRect()->setMarginGroup(QCP::msTop | QCP::msBottom, margins);
  scale_->setMarginGroup(QCP::msTop | QCP::msBottom, margins);
}

void ChannelsView::showRun(const StoryPointer& story) {
  if (story->layers == grid_.layers && grid_.layers) return;
  const bool other_shape =
      !grid_.layers || !story->layers || layerNames(*grid_.layers) != layerNames(*story->layers);
  const std::size_t widest = grid_.widest;
  grid_.layers = story->layers;
  showValues();
  if (other_shape || (widest != grid_.widest && follows())) fit();
  selectionChanged();
}

void ChannelsView::showValues() {
  grid_ = channelGrid(std::move(grid_.layers), controls_->quantity(), controls_->order());
  showLayerNames(*plot().yAxis, grid_.layers ? layerNames(*grid_.layers) : QStringList());
  plot().xAxis->setLabel(controls_->order() == ChannelOrder::kAsTrained
                             ? tr("channel")
                             : tr("channels of a layer, worst first"));
  const bool no_layers = !grid_.layers || grid_.layers->empty();
  showPlotNote(*note_, no_layers           ? tr("A float network has no integer channels. Choose a "
                                                          "method with integers (QAT, A2Q, A2Q+) and train.")
                       : grid_.widest == 0 ? tr("The channels are not known before the first "
                                                "batch. Start the training (F5).")
                                           : QString());
  showWords();
  showColors();
}

void ChannelsView::showColors() {
  colors_ = controls_->colorsFor(grid_);
  image_ = {};
  const bool log = colors_.scaling() == ColorScaling::kLogarithmic;
  scale_->setDataScaleType(log ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
  const QSharedPointer<QCPAxisTicker> ticker(log ? new QCPAxisTickerLog : new QCPAxisTicker);
  scale_->axis()->setTicker(ticker);
  scale_->setGradient(colors_.gradient());
  scale_->setDataRange(colors_.range());
  controls_->proposeRange(colors_.range());
  scale_->setLabel(grid_.quantity == ChannelQuantity::kBudgetShare ? tr("‖q‖₁ in % of the budget")
                                                                   : tr("exact margin in bits"));
}

void ChannelsView::showWords() {
  const bool shares = grid_.quantity == ChannelQuantity::kBudgetShare;
  QString text = tr("No channel is over its limit.");
  if (grid_.over > 0) {
    text = (shares ? tr("<b>Channels OVER BUDGET: %1</b> (hatched).")
                   : tr("<b>Channels that can OVERFLOW: %1</b> (hatched)."))
               .arg(grid_.over);
  }
  QStringList relative;
  for (std::size_t i = 0; i < grid_.rows.size(); ++i) {
    if (!grid_.rows[i].relative) continue;
    relative << QString::fromStdString((*grid_.layers)[i].layer).toHtmlEscaped();
  }
  constexpr qsizetype kNamed = 4;
  if (!relative.isEmpty()) {
    const QString named = relative.size() <= kNamed ? relative.join(QStringLiteral(", "))
                                                    : tr("%1 layers").arg(relative.size());
    text += QLatin1Char(' ') +
            (shares ? tr("Without a budget: %1; there ‖q‖₁ in % of the layer's largest.")
                    : tr("Without P: %1; there the bits left in the layer's smallest safe P."))
                .arg(named);
  }
  words_->setText(grid_.widest == 0 ? QString() : text + tr(" Grey: no channel."));
}

void ChannelsView::selectionChanged() {
  const int row = grid_.rowOf(selection_.layer());
  const int cell = grid_.cellOf(row, selection_.channel());
  QString text = tr("Click a cell, or use the arrow keys, to select a channel.");
  if (cell >= 0) {
    text = channelSummary((*grid_.layers)[static_cast<std::size_t>(row)], selection_.channel());
  } else if (row >= 0) {
    text = tr("%1: %2 channels")
               .arg(selection_.layer())
               .arg(grid_.rows[static_cast<std::size_t>(row)].channels.size());
  }
  chosen_->setText(text);
  setAccessibleDescription(text);
  plot().setAccessibleDescription(text);
  plot().replot();
}

GridWindow ChannelsView::window() const { return {plot().xAxis->range(), plot().yAxis->range()}; }

void ChannelsView::paint(QPainter& painter) {
  if (grid_.widest == 0) return;
  const QRect place = plot().axisRect()->rect();
  const double ratio = painter.device()->devicePixelRatioF();
  const QSize size = (QSizeF(place.size()) * ratio).toSize();
  if (image_.size() != size || !(image_window_ == window())) {
    image_window_ = window();
    image_ = channelImage(grid_, image_window_, colors_, ink_, size);
  }
  painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
  painter.drawImage(place, image_);
  paintSelection(painter);
}

void ChannelsView::paintSelection(QPainter& painter) const {
  const int row = grid_.rowOf(selection_.layer());
  if (row < 0) return;
  const int cell = grid_.cellOf(row, selection_.channel());
  const auto count = static_cast<double>(grid_.rows[static_cast<std::size_t>(row)].values.size());
  const double from = cell < 0 ? -0.5 : cell - 0.5;
  const double to = cell < 0 ? count - 0.5 : cell + 0.5;
  QRectF frame(QPointF(plot().xAxis->coordToPixel(from), plot().yAxis->coordToPixel(row + 0.5)),
               QPointF(plot().xAxis->coordToPixel(to), plot().yAxis->coordToPixel(row + 1.5)));
  // A cell of less than a pixel still shows where it is.
  constexpr double kNarrowest = 5;
  if (frame.width() < kNarrowest) {
    const double more = (kNarrowest - frame.width()) / 2;
    frame.adjust(-more, 0, more, 0);
  }
  painter.setBrush(Qt::NoBrush);
  const PlotTheme theme = plotTheme(palette());
  painter.setPen(QPen(theme.background, 4));
  painter.drawRect(frame);
  painter.setPen(QPen(theme.text, 2));
  painter.drawRect(frame);
}

std::optional<ChannelsView::Place> ChannelsView::placeAt(const QPoint& place) const {
  if (!plot().axisRect()->rect().contains(place)) return std::nullopt;
  const int row = layerAt(plot().yAxis->pixelToCoord(place.y()), grid_.rows.size());
  const double cell = std::round(plot().xAxis->pixelToCoord(place.x()));
  if (row < 0 || cell < 0) return std::nullopt;
  const auto& channels = grid_.rows[static_cast<std::size_t>(row)].channels;
  if (cell >= static_cast<double>(channels.size())) return std::nullopt;
  return Place{row, static_cast<int>(cell)};
}

QPoint ChannelsView::placeOf(int row, int cell) const {
  return {static_cast<int>(std::lround(plot().xAxis->coordToPixel(cell))),
          static_cast<int>(std::lround(plot().yAxis->coordToPixel(row + 1)))};
}

int ChannelsView::channelIn(Place place) const {
  return static_cast<int>(grid_.rows[static_cast<std::size_t>(place.row)]
                              .channels[static_cast<std::size_t>(place.cell)]);
}

void ChannelsView::clicked(const QPoint& place) {
  if (const auto found = placeAt(place)) select(*found);
}

void ChannelsView::select(Place place) {
  const std::string& layer = (*grid_.layers)[static_cast<std::size_t>(place.row)].layer;
  selection_.selectChannel(QString::fromStdString(layer), channelIn(place));
}

bool ChannelsView::keyPressed(const QKeyEvent& event) {
  int row = grid_.rowOf(selection_.layer());
  int cell = grid_.cellOf(row, selection_.channel());
  const bool modified = event.modifiers() != (event.modifiers() & Qt::KeypadModifier);
  if (grid_.widest == 0 || modified) return false;
  switch (event.key()) {
    case Qt::Key_Left: --cell; break;
    case Qt::Key_Right: ++cell; break;
    case Qt::Key_Up: --row; break;
    case Qt::Key_Down: ++row; break;
    case Qt::Key_Home: cell = 0; break;
    case Qt::Key_End: cell = static_cast<int>(grid_.widest); break;
    default: return false;
  }
  row = std::clamp(row, 0, static_cast<int>(grid_.rows.size()) - 1);
  const auto count = static_cast<int>(grid_.rows[static_cast<std::size_t>(row)].channels.size());
  if (count == 0) return true;
  const Place place{row, std::clamp(cell, 0, count - 1)};
  scrollTo(place);
  select(place);
  return true;
}

void ChannelsView::scrollTo(Place place) {
  const auto shift = [](QCPAxis& axis, double low, double high) {
    const QCPRange range = axis.range();
    if (low < range.lower) axis.moveRange(low - range.lower);
    if (high > range.upper) axis.moveRange(high - range.upper);
  };
  shift(*plot().xAxis, place.cell - 0.5, place.cell + 0.5);
  shift(*plot().yAxis, place.row + 0.5, place.row + 1.5);
}

void ChannelsView::fit() {
  plot().xAxis->setRange(-0.5, static_cast<double>(std::max<std::size_t>(grid_.widest, 1)) - 0.5);
  fitLayers(*plot().yAxis, grid_.rows.size());
}

void ChannelsView::themeSeries(const PlotTheme& theme) {
  const bool dark = isDark(palette());
  ink_.gap = theme.background.rgb();
  ink_.nothing = dark ? 0xFF4A4A4A : 0xFFD6D6D6;
  image_ = {};
  note_->setColor(theme.text);
  QCPAxis& axis = *scale_->axis();
  axis.setBasePen(QPen(theme.text));
  axis.setTickPen(QPen(theme.text));
  axis.setSubTickPen(QPen(theme.grid));
  axis.setTickLabelColor(theme.text);
  axis.setLabelColor(theme.text);
}

QString ChannelsView::tipAt(const QPoint& place) const {
  const auto found = placeAt(place);
  if (!found) return {};
  return channelTip((*grid_.layers)[static_cast<std::size_t>(found->row)], channelIn(*found));
}

QString ChannelsView::csvText() const {
  const GridWindow seen = window();
  return channelCsv(grid_, static_cast<int>(std::ceil(seen.rows.lower)) - 1,
                    static_cast<int>(std::floor(seen.rows.upper)) - 1,
                    static_cast<int>(std::ceil(seen.cells.lower)),
                    static_cast<int>(std::floor(seen.cells.upper)));
}

}  // namespace a2q::views
