// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/weights/weights_view.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>
#include <QVBoxLayout>
#include <algorithm>

#include "views/common/number_text.h"
#include "views/common/plot_note.h"
#include "views/common/plot_tools.h"
#include "views/common/qcustomplot.h"
#include "views/common/range_text.h"

namespace a2q::views {
namespace {

/// With more levels than this the integers share bins, and M is needed to tell which.
constexpr std::size_t kLevelsOfEightBits = 255;

}  // namespace

WeightsView::WeightsView(Selection& selection, QWidget* parent)
    : PlotPane(QStringLiteral("weights"), parent), selection_(selection) {
  setObjectName(QStringLiteral("weights"));
  setAccessibleName(tr("Histogram of the integer weights"));
  createControls();
  createSlider();
  bars_ = std::make_unique<WeightPlot>(plot());
  note_ = addPlotNote(plot());
  connect(&selection_, &Selection::changed, this, [this] {
    if (!story_) return;
    const QString before = layer_;
    chooseLayer();
    if (before != layer_) showHistogram();
  });
  retheme();
  showPlotNote(*note_, emptyText());
}

void WeightsView::createControls() {
  auto* row = new QHBoxLayout;
  auto* label = new QLabel(tr("&Layer:"));
  layers_ = new QComboBox;
  layers_->setObjectName(QStringLiteral("weights_layer"));
  layers_->setAccessibleName(tr("Layer"));
  layers_->setToolTip(tr("The layer whose weights are shown; the selection of the whole window"));
  label->setBuddy(layers_);
  logarithmic_ = new QCheckBox(tr("L&og counts"));
  logarithmic_->setObjectName(QStringLiteral("weights_log"));
  logarithmic_->setToolTip(tr("A logarithmic axis, to see levels with few weights"));
  facts_ = new QLabel;
  facts_->setObjectName(QStringLiteral("weights_facts"));
  row->addWidget(label);
  row->addWidget(layers_);
  row->addWidget(logarithmic_);
  row->addStretch(1);
  column().insertLayout(0, row);
  tools().setWords(facts_);
  connect(layers_, &QComboBox::activated, this,
          [this](int at) { selection_.selectLayer(layers_->itemText(at)); });
  connect(logarithmic_, &QCheckBox::toggled, this, [this](bool on) {
    bars_->setScale(on ? CountScale::kLogarithmic : CountScale::kLinear);
    plot().replot();
  });
}

void WeightsView::createSlider() {
  auto* row = new QHBoxLayout;
  slider_ = new QSlider(Qt::Horizontal);
  slider_->setObjectName(QStringLiteral("weights_epoch"));
  slider_->setAccessibleName(tr("Epoch"));
  slider_->setToolTip(tr("The end of which epoch is shown; the right end is now"));
  slider_->setPageStep(5);
  moment_ = new QLabel;
  moment_->setObjectName(QStringLiteral("weights_moment"));
  // The slider keeps its length while names come and go.
  moment_->setMinimumWidth(moment_->fontMetrics().horizontalAdvance(tr("float epoch %1").arg(999)));
  now_ = new QPushButton(tr("&Now"));
  now_->setObjectName(QStringLiteral("weights_now"));
  now_->setToolTip(tr("Follows the training again"));
  row->addWidget(slider_, 1);
  row->addWidget(moment_);
  row->addWidget(now_);
  column().addLayout(row);
  connect(slider_, &QSlider::valueChanged, this, &WeightsView::sliderMoved);
  connect(now_, &QPushButton::clicked, this, &WeightsView::followNow);
}

void WeightsView::showRun(const StoryPointer& story) {
  const bool other_run = !story_ || story_->uuid != story->uuid || story_->name != story->name;
  if (other_run) follows_now_ = true;
  const bool same = story_ && story_->layers == story->layers &&
                    story_->history.size() == story->history.size() && !other_run;
  story_ = story;
  // The moments point into the story, so they are taken anew with it.
  moments_ = weightMoments(*story_);
  if (same) return;
  showNames();
  chooseLayer();
  showMoments();
  showHistogram();
}

void WeightsView::showNames() {
  QStringList names;
  if (story_->layers) {
    for (const LayerSnapshot& layer : *story_->layers) {
      names << QString::fromStdString(layer.layer);
    }
  }
  QStringList before;
  for (int i = 0; i < layers_->count(); ++i) before << layers_->itemText(i);
  if (before == names) return;
  const QSignalBlocker quiet(layers_);
  layers_->clear();
  layers_->addItems(names);
  layers_->setEnabled(!names.isEmpty());
}

void WeightsView::chooseLayer() {
  int at = layers_->findText(selection_.layer());
  if (selection_.layer().isEmpty() || at < 0) {
    // The first and the last layer are not the ones that A2Q is about.
    const int first_hidden = layers_->count() > 2 ? 1 : 0;
    at = std::min(first_hidden, layers_->count() - 1);
  }
  const QSignalBlocker quiet(layers_);
  layers_->setCurrentIndex(at);
  layer_ = layers_->itemText(at);
}

void WeightsView::showMoments() {
  const int last = std::max(0, static_cast<int>(moments_.size()) - 1);
  const QSignalBlocker quiet(slider_);
  slider_->setMaximum(last);
  slider_->setEnabled(last > 0);
  if (follows_now_) slider_->setValue(last);
}

void WeightsView::sliderMoved(int to) {
  follows_now_ = to == slider_->maximum();
  showHistogram();
}

void WeightsView::followNow() {
  follows_now_ = true;
  showMoments();
  showHistogram();
}

BitWidth WeightsView::bitsOf(const std::string& layer) {
  if (!planned_ || !(*planned_ == story_->experiment)) {
    planned_ = story_->experiment;
    bits_ = weightBits(*planned_);
  }
  const auto found = bits_.find(layer);
  return found == bits_.end() ? BitWidth{8} : found->second;
}

void WeightsView::showHistogram() {
  const std::int64_t before = shown_ ? shown_->limit : 0;
  shown_.reset();
  if (!moments_.empty()) {
    const WeightMoment& moment = moments_[static_cast<std::size_t>(slider_->value())];
    moment_->setText(moment.name);
    for (const LayerSnapshot& layer : *moment.layers) {
      if (QString::fromStdString(layer.layer) != layer_) continue;
      const bool shared = layer.levels.size() > kLevelsOfEightBits;
      shown_ = weightHistogram(layer, shared ? bitsOf(layer.layer) : BitWidth{8});
    }
  } else {
    moment_->setText(QString());
  }
  now_->setEnabled(!follows_now_);
  bars_->show(shown_);
  showPlotNote(*note_, shown_ ? QString() : emptyText());
  showFacts();
  if (follows() || !shown_ || before != shown_->limit) bars_->fit();
  plot().replot();
}

QString WeightsView::emptyText() const {
  if (story_ && (!story_->layers || story_->layers->empty())) {
    return tr(
        "A float network has no integer weights. Choose a method with integers (QAT, A2Q, "
        "A2Q+) and train.");
  }
  return tr("The levels are counted at the end of every epoch. Start the training (F5).");
}

void WeightsView::showFacts() {
  if (!shown_) {
    facts_->clear();
    setAccessibleDescription(emptyText());
    return;
  }
  QString text = tr("%1: %2 weights, zeros %3 (%4), mean |q| %5 [exact]")
                     .arg(layer_, grouped(shown_->total), grouped(shown_->zeros),
                          percentText(shown_->shareOf(shown_->zeros)),
                          shown_->mean_magnitude ? QString::number(*shown_->mean_magnitude, 'f', 2)
                                                 : QStringLiteral("–"));
  if (shown_->share > 1) {
    text += tr("; %1 integers share a bin").arg(shown_->share);
  }
  facts_->setText(text);
  facts_->setToolTip(
      tr("zeros / weights = %1 / %2 [exact]\nmean |q| = Σ ‖q‖₁ / weights [exact]\nL = 2^(M−1) − 1 "
         "= %3")
          .arg(grouped(shown_->zeros), grouped(shown_->total), grouped(shown_->limit)));
  setAccessibleDescription(text + QStringLiteral(", ") + moment_->text());
}

void WeightsView::fit() { bars_->fit(); }

void WeightsView::themeSeries(const PlotTheme& theme) {
  bars_->theme(theme);
  note_->setColor(theme.text);
}

QString WeightsView::tipAt(const QPoint& place) const { return bars_->tipAt(place); }

QString WeightsView::csvText() const {
  QString text = QStringLiteral("layer,moment,from,to,weights\n");
  if (!shown_) return text;
  const QString head = csvQuoted(layer_) + QLatin1Char(',') + csvQuoted(moment_->text());
  for (const LevelBin& bin : shown_->bins) {
    const std::int64_t zeros = bin.from <= 0 && 0 <= bin.to ? shown_->zeros : 0;
    text +=
        QStringLiteral("%1,%2,%3,%4\n").arg(head).arg(bin.from).arg(bin.to).arg(bin.count + zeros);
  }
  return text;
}

}  // namespace a2q::views
