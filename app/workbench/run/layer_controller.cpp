// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/run/layer_controller.h"

#include <QStringList>
#include <algorithm>
#include <utility>

#include "app/workbench/project/document.h"
#include "app/workbench/run/run_controller.h"
#include "app/workbench/run/run_feed.h"
#include "core/integer/witness_answer.h"
#include "core/network/changed_settings.h"
#include "views/accumulator/accumulator_view.h"
#include "views/inspector/inspector_view.h"

namespace a2q::workbench {
namespace {

const IntegerWeights* findWeights(const RunRecord& record, const std::string& layer) {
  const auto found = std::ranges::find_if(
      record.weights, [&](const IntegerWeights& weights) { return weights.layer == layer; });
  return found == record.weights.end() ? nullptr : &*found;
}

/// "accumulator_bits" is P, and so on.
QString shortName(const QString& key) {
  if (key.endsWith(QStringLiteral("accumulator_bits"))) return QStringLiteral("P");
  if (key.endsWith(QStringLiteral("weight_bits"))) return QStringLiteral("M");
  if (key.endsWith(QStringLiteral("activation_bits"))) return QStringLiteral("N");
  return key.section(QLatin1Char('.'), -1);
}

/// "P → 12" of the network, "conv2 P → 12" of a layer.
QString changeText(const QuantSpec& before, const QuantSpec& after) {
  QStringList words;
  for (const ChangedSetting& change : changedSettings(before, after)) {
    const QString key = QString::fromStdString(change.key);
    const QStringList parts = key.split(QLatin1Char('.'));
    const QString layer = parts.size() > 2 ? parts[parts.size() - 2] + QLatin1Char(' ') : QString();
    words << layer + shortName(key) + QStringLiteral(" → ") + QString::fromStdString(change.value);
  }
  return words.isEmpty() ? LayerController::tr("quantization") : words.join(QStringLiteral(", "));
}

views::WitnessShown shownOf(const Result<WitnessAnswer>& answer) {
  if (!answer) return {{}, QString::fromStdString(describe(answer.error()))};
  if (const Status agrees = checkReplay(*answer); !agrees) {
    return {*answer, QString::fromStdString(describe(agrees.error()))};
  }
  return {*answer, {}};
}

}  // namespace

LayerController::LayerController(Document& document, RunController& controller, RunFeed& feed,
                                 const PaneSet& panes, QObject* parent)
    : QObject(parent),
      document_(document),
      feed_(feed),
      panes_(panes),
      what_if_(*panes.inspector, controller.trainerTurn()) {
  connectInspector();
  connectAccumulator();
  connect(&feed_, &RunFeed::shownChanged, this, [this] { what_if_.setStory(feed_.shown()); });
  connect(&feed_, &RunFeed::ticked, this, [this] { witness_lane_.poll(); });
  const auto take = [this] {
    panes_.inspector->showExperiment(document_.experiment());
    what_if_.setExperiment(document_.experiment());
  };
  connect(&document_, &Document::experimentChanged, this, take);
  take();
}

void LayerController::connectInspector() {
  using views::InspectorView;
  connect(panes_.inspector, &InspectorView::applyWanted, this, &LayerController::apply);
  connect(panes_.inspector, &InspectorView::copyWanted, this, &LayerController::copyWanted);
  connect(panes_.inspector, &InspectorView::witnessWanted, this,
          [this](const QString& layer, int channel) { askWitness(layer, channel, std::nullopt); });
}

void LayerController::connectAccumulator() {
  using views::AccumulatorView;
  connect(panes_.accumulator, &AccumulatorView::witnessWanted, this, &LayerController::askWitness);
  connect(panes_.accumulator, &AccumulatorView::observeWanted, &what_if_,
          &WhatIfController::measure);
  connect(&what_if_, &WhatIfController::observed, this, &LayerController::showObserved);
  connect(&what_if_, &WhatIfController::measureFailed, this, &LayerController::failed);
}

void LayerController::apply(const QuantSpec& wanted) {
  Experiment changed = document_.experiment();
  changed.quant = wanted;
  document_.edit(changed, changeText(document_.experiment().quant, wanted));
}

void LayerController::askWitness(const QString& layer, int channel,
                                 std::optional<WitnessSide> side) {
  const RecordPointer record = feed_.shown() ? feed_.shown()->record : nullptr;
  const IntegerWeights* const weights =
      record ? findWeights(*record, layer.toStdString()) : nullptr;
  Q_EMIT witnessShown();
  if (weights == nullptr) {
    panes_.accumulator->showWitness(
        {{}, tr("The integers of %1 are known when a training has ended.").arg(layer)});
    return;
  }
  witness_lane_.request([this, record, weights, channel, side](const std::stop_token&) {
    const auto answer = answerWitness(*weights, {channel, side, std::nullopt});
    return ShortLane::Then([this, record, shown = shownOf(answer)] {
      if (feed_.shown() && feed_.shown()->record == record) panes_.accumulator->showWitness(shown);
    });
  });
  feed_.wake();
}

void LayerController::showObserved(const ObservedPointer& layers, qint64 samples) {
  if (!feed_.shown()) return;
  feed_.amendShown([&](views::RunStory& story) {
    story.observed = layers;
    story.observed_samples = samples;
  });
}

}  // namespace a2q::workbench
