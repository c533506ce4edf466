// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/what_if/what_if_controller.h"

#include <chrono>
#include <tuple>
#include <utility>

#include "app/workbench/run/guarded.h"
#include "views/inspector/inspector_view.h"

namespace a2q::workbench {
namespace {

QString noteOf(const Error& error) {
  return WhatIfController::tr("No score: %1").arg(QString::fromStdString(describe(error)));
}

ObservedPointer layersOf(Observation&& seen) {
  auto layers = std::make_shared<std::vector<views::ObservedLayer>>();
  for (ObservedSums& layer : seen.layers) {
    layers->push_back({std::move(layer.layer), std::move(layer.channels)});
  }
  return layers;
}

Error trainingGoesOn() {
  return makeError(ErrorCode::kLocked, "the weights cannot be read at the moment",
                   "a training is going on, and reading them beside it would disturb it",
                   "Try again when the training has ended.");
}

}  // namespace

WhatIfController::WhatIfController(views::InspectorView& inspector, TrainerTurn trainer_turn,
                                   QObject* parent)
    : QObject(parent), inspector_(inspector), desk_(std::move(trainer_turn)) {
  constexpr std::chrono::milliseconds kTick(15);
  timer_.setInterval(kTick);
  connect(&timer_, &QTimer::timeout, this, &WhatIfController::tick);
  connect(&inspector_, &views::InspectorView::whatIfChanged, this, &WhatIfController::ask);
}

bool WhatIfController::hasWeights() const {
  return story_ && story_->record && !story_->record->parameters.empty() &&
         !story_->record->weights.empty();
}

void WhatIfController::request(std::function<Then(const std::stop_token&)> work) {
  // A measurement that is pushed aside begins again when the lane is free.
  measuring_ = false;
  lane_.request(std::move(work));
  timer_.start();
}

void WhatIfController::setStory(const views::StoryPointer& story) {
  const bool same = story_ && story && story_->record == story->record;
  story_ = story;
  if (same) return;
  lane_.cancel();
  measure_wanted_ = measuring_ = false;
  if (!hasWeights()) return;
  if (wanted_) {
    ask(*wanted_);
    return;
  }
  request([this, record = story_->record](const std::stop_token& stop) {
    const auto opened = guarded([&] { return desk_.open(record); });
    if (opened && *opened) {
      std::ignore = guarded([&]() -> Status {
        desk_.prepare(stop);
        return {};
      });
    }
    return Then();
  });
}

void WhatIfController::setExperiment(const Experiment& document) {
  document_ = document;
  // Applied or undone: the inspector has withdrawn its question.
  if (wanted_ && *wanted_ == document.quant) wanted_.reset();
}

void WhatIfController::ask(const QuantSpec& wanted) {
  wanted_ = wanted;
  if (!story_) return;
  if (!hasWeights()) {
    lane_.cancel();
    askForNorms({});
    return;
  }
  Experiment after = document_ ? *document_ : story_->experiment;
  after.quant = wanted;
  request([this, record = story_->record, after](const std::stop_token&) {
    return boundsOf(record, after);
  });
}

void WhatIfController::askForNorms(const QString& note) {
  Experiment after = document_ ? *document_ : story_->experiment;
  after.quant = *wanted_;
  const std::vector<LayerSnapshot> none;
  const auto preview =
      previewNorms(story_->experiment, story_->layers ? *story_->layers : none, after);
  if (!preview) {
    inspector_.showError(preview.error());
    return;
  }
  inspector_.showPreview(*preview);
  if (!note.isEmpty()) inspector_.showNote(note);
}

WhatIfController::Then WhatIfController::boundsOf(const std::shared_ptr<const RunRecord>& record,
                                                  const Experiment& after) {
  const auto opened = guarded([&] { return desk_.open(record); });
  if (!opened) return [this, error = opened.error()] { inspector_.showError(error); };
  if (!*opened) {
    return [this] {
      askForNorms(
          tr("The present ‖q‖₁ under the new bits: the weights can be carried over when "
             "no training runs."));
    };
  }
  auto projection = guarded([&] { return desk_.bounds(after); });
  if (!projection) return [this, error = projection.error()] { inspector_.showError(error); };
  auto network = std::make_shared<const TrainedNetwork>(std::move(projection->network));
  return [this, bounds = std::move(projection->bounds), network] {
    inspector_.showPreview(bounds);
    askForScore(network);
  };
}

void WhatIfController::askForScore(std::shared_ptr<const TrainedNetwork> network) {
  request([this, network = std::move(network)](const std::stop_token& stop) {
    return scoreOf(*network, stop);
  });
}

WhatIfController::Then WhatIfController::scoreOf(const TrainedNetwork& network,
                                                 const std::stop_token& stop) {
  const auto score = guarded([&] { return desk_.score(network, stop); });
  if (!score) return [this, note = noteOf(score.error())] { inspector_.showNote(note); };
  if (!*score) return Then();
  const ScorePair& pair = **score;
  const views::ScoreChange change{pair.after.metric, pair.before.score, pair.after.score,
                                  pair.after.samples};
  return [this, change] { inspector_.showScore(change); };
}

void WhatIfController::measure() {
  if (!hasWeights()) {
    Q_EMIT measureFailed(makeError(ErrorCode::kUsage, "there are no weights to measure",
                                   "the run that is shown has not ended, or is not quantized",
                                   "Show a quantized run that has ended."));
    return;
  }
  measure_wanted_ = true;
  timer_.start();
}

void WhatIfController::startMeasuring() {
  request([this, record = story_->record](const std::stop_token& stop) {
    return observationOf(record, stop);
  });
  measuring_ = true;
}

WhatIfController::Then WhatIfController::observationOf(
    const std::shared_ptr<const RunRecord>& record, const std::stop_token& stop) {
  const auto work = [&]() -> Result<Observation> {
    const auto opened = desk_.open(record);
    if (!opened) return tl::make_unexpected(opened.error());
    if (!*opened) return tl::make_unexpected(trainingGoesOn());
    return desk_.observe(stop);
  };
  auto seen = guarded(work);
  if (!seen) {
    return [this, error = seen.error()] {
      measure_wanted_ = measuring_ = false;
      Q_EMIT measureFailed(error);
    };
  }
  const std::int64_t samples = seen->samples;
  return [this, samples, layers = layersOf(std::move(*seen))] {
    measure_wanted_ = measuring_ = false;
    Q_EMIT observed(layers, samples);
  };
}

void WhatIfController::tick() {
  lane_.poll();
  if (lane_.busy()) return;
  if (measure_wanted_ && !measuring_) {
    startMeasuring();
  } else if (!measure_wanted_) {
    timer_.stop();
  }
}

}  // namespace a2q::workbench
