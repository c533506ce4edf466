// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/sparsity/sparsity_view.h"

#include <QComboBox>
#include <QKeyEvent>
#include <QLabel>
#include <QListWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <array>
#include <cmath>

#include "views/common/legend_place.h"
#include "views/common/number_text.h"
#include "views/common/plot_tools.h"
#include "views/common/qcustomplot.h"

namespace a2q::views {
namespace {

constexpr double kPercent = 100;

QColor mixed(const QColor& a, const QColor& b, double share) {
  return QColor::fromRgbF(static_cast<float>(a.redF() + share * (b.redF() - a.redF())),
                          static_cast<float>(a.greenF() + share * (b.greenF() - a.greenF())),
                          static_cast<float>(a.blueF() + share * (b.blueF() - a.blueF())));
}

/// From the first layer to the last along one scale, over a green that blue and orange alone would
/// only make a mud of.
QColor layerColor(const PlotTheme& theme, double share) {
  constexpr double kHalf = 0.5;
  const QColor middle(0x15, 0xA2, 0x7F);
  return share < kHalf ? mixed(theme.first, middle, share / kHalf)
                       : mixed(middle, theme.second, (share - kHalf) / kHalf);
}

/// Neighbours on the scale of colours have other dots.
QCPScatterStyle::ScatterShape layerDot(std::size_t layer) {
  constexpr std::array kShapes{QCPScatterStyle::ssDisc, QCPScatterStyle::ssTriangle,
                               QCPScatterStyle::ssDiamond, QCPScatterStyle::ssTriangleInverted};
  return kShapes[layer % kShapes.size()];
}

}  // namespace

SparsityView::SparsityView(Selection& selection, QWidget* parent)
    : PlotPane(QStringLiteral("sparsity"), parent), selection_(selection) {
  setObjectName(QStringLiteral("sparsity"));
  setAccessibleName(tr("Sparsity: zero weights"));
  plot().setAutoAddPlottableToLegend(false);
  plot().legend->setVisible(true);
  plot().legend->setRowSpacing(-3);
  plot().axisRect()->insetLayout()->setInsetAlignment(0, Qt::AlignLeft | Qt::AlignTop);
  plot().yAxis->setLabel(tr("zero weights in %"));
  label_ = new QCPItemText(&plot());
  label_->setPositionAlignment(Qt::AlignRight | Qt::AlignBottom);
  createControls();
  createDeadList();
  connect(&selection_, &Selection::changed, this, [this] {
    showSelection();
    plot().replot(QCustomPlot::rpQueuedReplot);
  });
  rebuildSeries();
  showDead();
  updateNotice();
  fit();
}

void SparsityView::createControls() {
  mode_box_ = new QComboBox;
  mode_box_->setObjectName(QStringLiteral("sparsity_mode"));
  mode_box_->addItems({tr("Layers over the epochs"), tr("Runs against P")});
  mode_box_->setAccessibleName(tr("What sparsity is shown over"));
  mode_box_->setToolTip(tr("Share of integer weights that are 0: zeros / (K · channels) [exact]"));
  connect(mode_box_, &QComboBox::activated, this,
          [this](int index) { setMode(static_cast<SparsityMode>(index)); });
  tools().add(mode_box_);
}

void SparsityView::createDeadList() {
  constexpr int kListHeight = 84;
  dead_heading_ = new QLabel;
  dead_heading_->setWordWrap(true);
  dead_list_ = new QListWidget;
  dead_list_->setObjectName(QStringLiteral("dead_channels"));
  dead_list_->setAccessibleName(tr("Dead channels"));
  dead_list_->setToolTip(
      tr("A channel is dead when ‖q‖₁ = Σ|q| = 0: it gives the same value for "
         "every input [exact]"));
  dead_list_->setMaximumHeight(kListHeight);
  dead_list_->setUniformItemSizes(true);
  connect(dead_list_, &QListWidget::currentRowChanged, this, [this](int row) {
    if (row < 0 || row >= static_cast<int>(dead_.size())) return;
    const DeadChannel& one = dead_[static_cast<std::size_t>(row)];
    selection_.selectChannel(QString::fromStdString(one.layer), one.channel);
  });
  column().addWidget(dead_heading_);
  column().addWidget(dead_list_);
}

void SparsityView::setMode(SparsityMode mode) {
  mode_box_->setCurrentIndex(static_cast<int>(mode));
  if (mode_ == mode) return;
  mode_ = mode;
  rebuildSeries();
  updateNotice();
  fitAndFollow();
}

void SparsityView::showRun(const StoryPointer& story) {
  const bool same_layers =
      story_ && story_->layers == story->layers && story_->history.size() == story->history.size();
  story_ = story;
  auto before = std::move(layers_);
  layers_ = sparsityOverEpochs(*story);
  const bool same_names =
      std::equal(before.begin(), before.end(), layers_.begin(), layers_.end(),
                 [](const LayerSparsity& a, const LayerSparsity& b) { return a.layer == b.layer; });
  if (!same_names || mode_ == SparsityMode::kAccumulator) {
    rebuildSeries();
  } else {
    fillSeries();
  }
  if (!same_layers) showDead();
  updateNotice();
  redraw();
}

void SparsityView::showCompared(const std::vector<ComparedRun>& runs) {
  compared_ = runs;
  if (mode_ == SparsityMode::kEpochs) return;
  rebuildSeries();
  updateNotice();
  redraw();
}

void SparsityView::redraw() {
  if (follows()) fit();
  plot().replot();
}

void SparsityView::rebuildSeries() {
  plot().clearGraphs();
  graphs_.clear();
  run_colors_.clear();
  runs_without_p_ = 0;
  plot().xAxis->setLabel(mode_ == SparsityMode::kEpochs ? tr("epoch") : tr("P in bits"));
  const auto add = [&](const QString& name) {
    graphs_.push_back(plot().addGraph());
    graphs_.back()->setName(name);
    return graphs_.back();
  };
  if (mode_ == SparsityMode::kEpochs) {
    for (const LayerSparsity& layer : layers_) add(QString::fromStdString(layer.layer));
  } else {
    const auto add_run = [&](const RunStory& story, const QColor& color) {
      const auto point = sparsityAgainstP(story);
      if (!point) return void(++runs_without_p_);
      const QString name = story.name.empty() ? tr("this run") : QString::fromStdString(story.name);
      add(name)->addData(point->accumulator_bits, point->percent);
      run_colors_.push_back(color);
    };
    for (const ComparedRun& run : compared_) add_run(*run.story, run.color);
    if (story_) add_run(*story_, QColor());
  }
  fillSeries();
  fillLegend();
  retheme();
}

void SparsityView::fillSeries() {
  if (mode_ == SparsityMode::kEpochs) {
    for (std::size_t i = 0; i < graphs_.size(); ++i) {
      graphs_[i]->setData(QVector<double>(layers_[i].epochs.begin(), layers_[i].epochs.end()),
                          QVector<double>(layers_[i].percent.begin(), layers_[i].percent.end()),
                          true);
    }
  }
  showSelection();
}

void SparsityView::fillLegend() {
  constexpr std::size_t kReadable = 10;
  plot().legend->clearItems();
  const bool shown = !graphs_.empty() && graphs_.size() <= kReadable;
  plot().legend->setVisible(shown);
  if (!shown) return;
  for (QCPGraph* graph : graphs_) graph->addToLegend();
}

void SparsityView::showDead() {
  const auto before = std::move(dead_);
  dead_ = story_ ? deadChannels(*story_) : std::vector<DeadChannel>();
  std::size_t channels = 0;
  if (story_ && story_->layers) {
    for (const LayerSnapshot& layer : *story_->layers) channels += layer.channels.size();
  }
  dead_heading_->setVisible(channels > 0);
  dead_heading_->setText(
      dead_.empty()
          ? tr("No dead channel among %1 [exact]").arg(channels)
          : tr("Dead channels, ‖q‖₁ = 0: %1 of %2 [exact]").arg(dead_.size()).arg(channels));
  dead_list_->setVisible(!dead_.empty());
  if (before == dead_) return;
  const QSignalBlocker quiet(dead_list_);
  dead_list_->clear();
  QStringList lines;
  for (const DeadChannel& one : dead_) {
    lines << tr("%1, channel %2").arg(QString::fromStdString(one.layer)).arg(one.channel);
  }
  dead_list_->addItems(lines);
  showSelection();
}

int SparsityView::selectedLayer() const {
  for (std::size_t i = 0; i < layers_.size(); ++i) {
    if (QString::fromStdString(layers_[i].layer) == selection_.layer()) return static_cast<int>(i);
  }
  return -1;
}

void SparsityView::showSelection() {
  const auto found = std::find_if(dead_.begin(), dead_.end(), [this](const DeadChannel& one) {
    return QString::fromStdString(one.layer) == selection_.layer() &&
           one.channel == selection_.channel();
  });
  const QSignalBlocker quiet(dead_list_);
  dead_list_->setCurrentRow(found == dead_.end() ? -1 : static_cast<int>(found - dead_.begin()));
  themeSeries(plotTheme(palette()));
}

void SparsityView::themeSeries(const PlotTheme& theme) {
  constexpr double kThick = 3.5;
  constexpr double kDot = 6;
  constexpr double kRunDot = 9;
  const int chosen = mode_ == SparsityMode::kEpochs ? selectedLayer() : -1;
  const auto last = static_cast<double>(std::max<std::size_t>(graphs_.size(), 2) - 1);
  for (std::size_t i = 0; i < graphs_.size(); ++i) {
    QCPGraph& graph = *graphs_[i];
    if (mode_ == SparsityMode::kAccumulator) {
      const bool shown = !run_colors_[i].isValid();
      const QColor color = shown ? theme.first : run_colors_[i];
      graph.setLineStyle(QCPGraph::lsNone);
      graph.setScatterStyle({shown ? QCPScatterStyle::ssDiamond : QCPScatterStyle::ssCircle, color,
                             color, shown ? kRunDot + 3 : kRunDot});
      continue;
    }
    const bool selected = static_cast<int>(i) == chosen;
    const QColor color = layerColor(theme, static_cast<double>(i) / last);
    graph.setPen(QPen(color, selected ? kThick : 1));
    graph.setScatterStyle({selected ? QCPScatterStyle::ssSquare : layerDot(i), color, color,
                           selected ? kDot + 4 : kDot});
  }
  const bool labelled = chosen >= 0 && graphs_[static_cast<std::size_t>(chosen)]->dataCount() > 0;
  label_->setVisible(labelled);
  if (!labelled) return;
  const LayerSparsity& layer = layers_[static_cast<std::size_t>(chosen)];
  label_->setText(QString::fromStdString(layer.layer) + QStringLiteral("  "));
  label_->setColor(theme.text);
  label_->position->setCoords(layer.epochs.back(), layer.percent.back());
}

void SparsityView::updateNotice() {
  QString text;
  const bool points = std::any_of(graphs_.begin(), graphs_.end(),
                                  [](const QCPGraph* graph) { return graph->dataCount() > 0; });
  if (!points && mode_ == SparsityMode::kEpochs) {
    text = story_ && !story_->layers ? tr("A float network has no integer weights to count.")
                                     : tr("The weights are not known yet. Start a training, or "
                                          "choose a run in the list of runs.");
  } else if (!points) {
    text = tr("No run with a target P yet. Choose runs to compare in the list of runs.");
  }
  setNotice(text);
}

void SparsityView::fit() {
  constexpr double kRoom = 1.35;  // for the legend
  double last = 1;
  double most = 1;
  double first = mode_ == SparsityMode::kEpochs ? 0 : 1e9;
  for (const QCPGraph* graph : graphs_) {
    if (!graph->visible()) continue;
    for (const QCPGraphData& point : *graph->data()) {
      last = std::max(last, point.key);
      first = std::min(first, point.key);
      most = std::max(most, point.value);
    }
  }
  if (mode_ == SparsityMode::kEpochs) {
    plot().xAxis->setRange(0, last * 1.02);
  } else {
    plot().xAxis->setRange(std::min(first, last) - 1, last + 1);
  }
  plot().yAxis->setRange(0, std::min(most * kRoom, kPercent * 1.02));
  placeLegend(plot());
}

QCPGraph* SparsityView::graphAt(const QPoint& place) const {
  constexpr double kNear = 12;
  QCPGraph* nearest = nullptr;
  double distance = kNear;
  for (QCPGraph* graph : graphs_) {
    if (!graph->visible()) continue;
    for (const QCPGraphData& point : *graph->data()) {
      const QPointF apart = graph->coordsToPixels(point.key, point.value) - QPointF(place);
      const double here = std::hypot(apart.x(), apart.y());
      if (here < distance) {
        distance = here;
        nearest = graph;
      }
    }
    const double line = graph->selectTest(place, false);
    if (mode_ == SparsityMode::kEpochs && line >= 0 && line < distance) {
      distance = line;
      nearest = graph;
    }
  }
  return nearest;
}

void SparsityView::clicked(const QPoint& place) {
  const QCPGraph* graph = mode_ == SparsityMode::kEpochs ? graphAt(place) : nullptr;
  if (graph != nullptr) selection_.selectLayer(graph->name());
}

bool SparsityView::keyPressed(const QKeyEvent& event) {
  const bool up = event.key() == Qt::Key_Up;
  if (event.modifiers() != Qt::ControlModifier || (!up && event.key() != Qt::Key_Down))
    return false;
  if (layers_.empty()) return false;
  const int last = static_cast<int>(layers_.size()) - 1;
  const int wanted = std::clamp(selectedLayer() + (up ? -1 : 1), 0, last);
  selection_.selectLayer(QString::fromStdString(layers_[static_cast<std::size_t>(wanted)].layer));
  return true;
}

QString SparsityView::tipAt(const QPoint& place) const {
  const QCPGraph* graph = graphAt(place);
  if (graph == nullptr) return {};
  const double key = plot().xAxis->pixelToCoord(place.x());
  const auto points = graph->data();
  auto point = points->findBegin(key);
  const auto next = point == points->constEnd() ? point : std::next(point);
  if (next != points->constEnd() && next->key - key < key - point->key) point = next;
  if (point == points->constEnd()) return {};
  const QString share = percentText(point->value / kPercent);
  if (mode_ == SparsityMode::kAccumulator) {
    return tr("%1: P = %2, %3 of the weights are 0 = zeros / all weights [exact]")
        .arg(graph->name(), QString::number(point->key), share);
  }
  const LayerSnapshot* layer = findLayer(*story_, graph->name().toStdString());
  QString text = tr("%1, epoch %2: %3 of the weights are 0 [exact]")
                     .arg(graph->name(), QString::number(point->key, 'g', 4), share);
  if (layer != nullptr && !layer->channels.empty()) {
    text += tr("\nNow: zeros / (K · channels) = %1 / (%2 · %3) = %4 [exact]")
                .arg(grouped(layer->zeros), grouped(layer->k),
                     grouped(static_cast<Int128>(layer->channels.size())),
                     percentText(*zeroPercent(*layer) / kPercent));
  }
  return text;
}

QString SparsityView::valueText(const QCPAbstractPlottable& /*series*/, double value) const {
  return tr("%1 [exact]").arg(percentText(value / kPercent));
}

QString SparsityView::keyText(const QCPAxis& /*axis*/, double key) const {
  return mode_ == SparsityMode::kEpochs ? tr("epoch %1").arg(key, 0, 'f', 1)
                                        : tr("P %1").arg(std::round(key));
}

QString SparsityView::title() const {
  return mode_ == SparsityMode::kEpochs ? tr("Zero weights per layer over the epochs")
                                        : tr("Zero weights of runs against P");
}

QString SparsityView::csvText() const {
  QString text = mode_ == SparsityMode::kEpochs
                     ? QStringLiteral("layer,epoch,zero_percent\n")
                     : QStringLiteral("run,accumulator_bits,zero_percent\n");
  const QCPRange keys = plot().xAxis->range();
  for (const QCPGraph* graph : graphs_) {
    if (!graph->visible()) continue;
    QString name = graph->name();
    name.replace(QLatin1Char('"'), QStringLiteral("\"\""));
    for (const QCPGraphData& point : *graph->data()) {
      if (!keys.contains(point.key)) continue;
      text +=
          QStringLiteral("\"%1\",%2,%3\n").arg(name).arg(point.key).arg(point.value, 0, 'g', 10);
    }
  }
  return text;
}

}  // namespace a2q::views
