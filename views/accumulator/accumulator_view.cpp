// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/accumulator/accumulator_view.h"

#include <QAction>
#include <QComboBox>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSplitter>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <limits>

#include "views/accumulator/accumulator_text.h"
#include "views/accumulator/witness_panel.h"
#include "views/common/flow_layout.h"
#include "views/common/layer_axis.h"
#include "views/common/number_text.h"
#include "views/common/painted_item.h"
#include "views/common/plot_note.h"
#include "views/common/plot_tools.h"
#include "views/common/qcustomplot.h"

namespace a2q::views {

AccumulatorView::AccumulatorView(Selection& selection, QWidget* parent)
    : PlotPane(QStringLiteral("accumulator"), parent),
      selection_(selection),
      panel_(new WitnessPanel),
      bars_(*plot().xAxis, *plot().yAxis) {
  setObjectName(QStringLiteral("accumulator"));
  setAccessibleName(tr("Reachable interval of the accumulators"));
  setFocusProxy(&plot());
  createControls();
  createPlot();
  connect(&selection_, &Selection::changed, this, [this] {
    chooseChannel();
    plot().replot();
  });
  connect(panel_, &WitnessPanel::sideWanted, this, &AccumulatorView::witnessWanted);
  connect(panel_, &WitnessPanel::closeWanted, this, &AccumulatorView::hideWitness);
  retheme();
  showScale();
  showRows();
}

void AccumulatorView::createControls() {
  scale_ = new QComboBox;
  scale_->setObjectName(QStringLiteral("accumulator_scale"));
  scale_->addItems({tr("Share of P"), tr("Bits")});
  scale_->setAccessibleName(tr("Axis"));
  scale_->setToolTip(
      tr("Share of P: ±1 are −2^(P−1) and 2^(P−1) − 1 of each layer.\nBits: sign(v) · log2(1 + "
         "|v|)."));
  witness_ = new QPushButton(tr("Show &witness"));
  witness_->setObjectName(QStringLiteral("accumulator_witness"));
  witness_->setToolTip(
      tr("The input that attains the worst case of the selected channel, else of the worst one "
         "(Enter)"));
  observe_ = new QPushButton(tr("&Measure on data"));
  observe_->setObjectName(QStringLiteral("accumulator_observe"));
  observe_->setToolTip(
      tr("Runs test samples through the integer engine and notes what the accumulators reach"));
  words_ = new QLabel;
  words_->setObjectName(QStringLiteral("accumulator_words"));
  auto* row = new FlowLayout;
  row->addWidget(scale_);
  row->addWidget(witness_);
  row->addWidget(observe_);
  column().insertLayout(0, row);
  tools().setWords(words_);
  connect(scale_, &QComboBox::currentIndexChanged, this, &AccumulatorView::showScale);
  connect(witness_, &QPushButton::clicked, this, &AccumulatorView::askWitness);
  connect(observe_, &QPushButton::clicked, this, &AccumulatorView::observeWanted);
}

void AccumulatorView::createPlot() {
  plot().setFocusPolicy(Qt::StrongFocus);
  plot().setAccessibleName(accessibleName());
  const int at = column().indexOf(&plot());
  parts_ = new QSplitter(Qt::Vertical);
  parts_->setChildrenCollapsible(false);
  parts_->addWidget(&plot());
  parts_->addWidget(panel_);
  panel_->hide();
  column().insertWidget(at, parts_, 1);
  QCPAxis* smallest = plot().yAxis2;
  smallest->setVisible(true);
  smallest->setLabel(tr("smallest safe P [exact]"));
  new PaintedItem(plot(), [this](QPainter& painter) { bars_.paint(painter, rows_, chosen_); });
  note_ = addPlotNote(plot());
  connect(plot().yAxis, qOverload<const QCPRange&>(&QCPAxis::rangeChanged), smallest,
          qOverload<const QCPRange&>(&QCPAxis::setRange));
}

void AccumulatorView::showRun(const StoryPointer& story) {
  const bool other_run = !story_ || story_->uuid != story->uuid || story_->name != story->name;
  const bool same = story_ && story_->layers == story->layers &&
                    story_->observed == story->observed && !other_run;
  const bool other_weights = story_ && story_->record != story->record;
  story_ = story;
  // A witness is one of integers that are no longer these.
  if (other_run || other_weights) hideWitness();
  if (same) return;
  const auto before = rows_.size();
  rows_ = accumulatorRows(*story_);
  showRows();
  if (follows() || before != rows_.size()) fit();
  plot().replot();
}

void AccumulatorView::showRows() {
  QStringList names, smallest, spoken;
  for (const AccumulatorRow& row : rows_) {
    names << QString::fromStdString(row.layer);
    smallest << smallestText(row);
    spoken << names.back() + QStringLiteral(": ") + accumulatorLabel(row) +
                  tr(", smallest P %1").arg(smallest.back());
  }
  showLayerNames(*plot().yAxis, names);
  showLayerNames(*plot().yAxis2, smallest);
  setAccessibleDescription(spoken.join(QStringLiteral("; ")));
  plot().setAccessibleDescription(accessibleDescription());
  const bool any = std::any_of(rows_.begin(), rows_.end(),
                               [](const AccumulatorRow& row) { return row.has_values; });
  showPlotNote(*note_, rows_.empty()
                           ? tr("A float network has no integer accumulators. Choose a method "
                                "with integers (QAT, A2Q, A2Q+) and train.")
                           : QString());
  witness_->setEnabled(any);
  observe_->setVisible(!story_ || !story_->observed);
  observe_->setEnabled(any);
  chooseChannel();
  showWords();
}

void AccumulatorView::showWords() {
  QString text = tr("Solid: what every input can reach [exact], in the frame of P.");
  if (story_ && story_->observed) {
    text += QLatin1Char(' ') +
            tr("Dashed: seen on %1 samples [measured].").arg(grouped(story_->observed_samples));
  }
  text += QLatin1Char(' ') + tr("Margins in bits: bound = guaranteed by ‖q‖₁, exact = worst case.");
  const auto over =
      std::count_if(rows_.begin(), rows_.end(), [](const AccumulatorRow& row) { return row.over; });
  if (over > 0) {
    text = tr("<b>OVERFLOW POSSIBLE, layers: %1.</b>").arg(over) + QLatin1Char(' ') + text;
  }
  words_->setText(text);
}

void AccumulatorView::showScale() {
  const bool bits = scale_->currentIndex() == 1;
  bars_.setScale(bits ? AccumulatorScale::kBits : AccumulatorScale::kShare);
  plot().xAxis->setLabel(bits ? tr("sum as sign · log2(1 + |sum|), bits")
                              : tr("sum as a share of the P-bit range of the layer"));
  fit();
  plot().replot();
}

const LayerSnapshot& AccumulatorView::layerOf(int row) const {
  return (*story_->layers)[static_cast<std::size_t>(row)];
}

int AccumulatorView::selectedRow() const {
  const std::string name = selection_.layer().toStdString();
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    if (rows_[i].layer == name) return static_cast<int>(i);
  }
  return -1;
}

int AccumulatorView::worstRow() const {
  int worst = -1;
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    if (!rows_[i].has_values) continue;
    const auto bits_left = [&](const AccumulatorRow& row) {
      return row.exact ? row.exact->bits : std::numeric_limits<double>::max();
    };
    if (worst < 0 || bits_left(rows_[i]) < bits_left(rows_[static_cast<std::size_t>(worst)])) {
      worst = static_cast<int>(i);
    }
  }
  return worst;
}

void AccumulatorView::chooseChannel() {
  chosen_ = {};
  chosen_.row = selectedRow();
  if (chosen_.row < 0) return;
  const LayerSnapshot& layer = layerOf(chosen_.row);
  const int channel = selection_.channel();
  if (channel < 0 || channel >= static_cast<int>(layer.channels.size())) return;
  chosen_.range = exactRange(layer.channels[static_cast<std::size_t>(channel)], layer.inputs);
}

void AccumulatorView::askWitness() {
  const int row = chosen_.row >= 0 ? chosen_.row : worstRow();
  if (row < 0 || !rows_[static_cast<std::size_t>(row)].has_values) return;
  const LayerSnapshot& layer = layerOf(row);
  const int channel =
      chosen_.range ? selection_.channel() : rows_[static_cast<std::size_t>(row)].worst;
  const AccumulatorRange range =
      exactRange(layer.channels[static_cast<std::size_t>(channel)], layer.inputs);
  Q_EMIT witnessWanted(QString::fromStdString(layer.layer), channel, decidingSide(range));
}

void AccumulatorView::showWitness(const WitnessShown& shown) {
  panel_->show(shown);
  if (panel_->isVisibleTo(this)) return;
  panel_->setVisible(true);
  // The witness needs the room more than the words about the bars.
  words_->hide();
  const int height = parts_->height();
  parts_->setSizes({height / 3, height - height / 3});
}

void AccumulatorView::hideWitness() {
  panel_->hide();
  words_->show();
}

QPoint AccumulatorView::placeOf(int row) const {
  return {plot().axisRect()->center().x(),
          static_cast<int>(std::lround(plot().yAxis->coordToPixel(row + 1)))};
}

void AccumulatorView::clicked(const QPoint& place) {
  if (!plot().axisRect()->rect().contains(place)) return;
  const int row = layerAt(plot().yAxis->pixelToCoord(place.y()), rows_.size());
  if (row >= 0) moveTo(row);
}

void AccumulatorView::moveTo(int row) {
  selection_.selectLayer(QString::fromStdString(rows_[static_cast<std::size_t>(row)].layer));
}

void AccumulatorView::fillMenu(QMenu& menu) {
  QAction* action = menu.addAction(tr("Show &witness"), this, &AccumulatorView::askWitness);
  action->setEnabled(witness_->isEnabled());
}

bool AccumulatorView::keyPressed(const QKeyEvent& event) {
  const bool modified = event.modifiers() != (event.modifiers() & Qt::KeypadModifier);
  if (rows_.empty() || modified) return false;
  const int last = static_cast<int>(rows_.size()) - 1;
  switch (event.key()) {
    case Qt::Key_Up: moveTo(std::clamp(chosen_.row - 1, 0, last)); return true;
    case Qt::Key_Down: moveTo(std::clamp(chosen_.row + 1, 0, last)); return true;
    case Qt::Key_Home: moveTo(0); return true;
    case Qt::Key_End: moveTo(last); return true;
    case Qt::Key_Return:
    case Qt::Key_Enter: askWitness(); return true;
    default: return false;
  }
}

void AccumulatorView::fit() {
  fitLayers(*plot().yAxis, rows_.size());
  // A layer that leaves P by much would press the others flat; its label says by how much.
  constexpr double kMostShares = 3;
  const bool shares = bars_.scale() == AccumulatorScale::kShare;
  double reach = 1;
  for (const AccumulatorRow& row : rows_) {
    const AccumulatorSpec frame = row.frame();
    for (const Int128 end : {row.range.low, row.range.high, frame.minimum(), frame.maximum()}) {
      reach = std::max(reach, std::abs(placed(end, frame, bars_.scale())));
    }
  }
  if (shares) reach = std::min(reach, kMostShares);
  plot().xAxis->setRange(-1.06 * reach, 1.06 * reach);
}

void AccumulatorView::themeSeries(const PlotTheme& theme) {
  bars_.setTheme(theme);
  note_->setColor(theme.text);
}

QString AccumulatorView::tipAt(const QPoint& place) const {
  if (!plot().axisRect()->rect().contains(place)) return {};
  const int row = layerAt(plot().yAxis->pixelToCoord(place.y()), rows_.size());
  if (row < 0) return {};
  const bool chosen = row == chosen_.row && chosen_.range;
  return accumulatorTip(rows_[static_cast<std::size_t>(row)], layerOf(row),
                        chosen ? selection_.channel() : -1, story_->observed_samples);
}

QString AccumulatorView::csvText() const {
  return accumulatorCsv(rows_, story_ ? story_->observed_samples : 0);
}

}  // namespace a2q::views
