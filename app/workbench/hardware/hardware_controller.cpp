// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/hardware/hardware_controller.h"

#include <chrono>
#include <utility>

#include "app/workbench/hardware/estimate_line.h"
#include "app/workbench/project/document.h"
#include "app/workbench/run/guarded.h"
#include "app/workbench/run/run_feed.h"
#include "app/workbench/settings/settings.h"
#include "views/inspector/inspector_view.h"
#include "views/resources/resources_view.h"

namespace a2q::workbench {
namespace {

using Answer = std::optional<views::HardwareStory>;

}  // namespace

HardwareController::HardwareController(Document& document, RunFeed& feed,
                                       views::InspectorView& inspector, views::ResourcesView& view,
                                       Settings& settings, QObject* parent)
    : QObject(parent), document_(document), feed_(feed), view_(view), settings_(settings) {
  constexpr std::chrono::milliseconds kTick(15);
  timer_.setInterval(kTick);
  connect(&timer_, &QTimer::timeout, this, [this] {
    lane_.poll();
    if (!lane_.busy()) timer_.stop();
  });
  connect(&document_, &Document::experimentChanged, this, [this] {
    tried_.reset();
    ask();
  });
  connect(&document_, &Document::replaced, this, [this] {
    overrides_.clear();
    policy_.reset();
    ask();
  });
  connect(&feed_, &RunFeed::shownChanged, this, &HardwareController::runShown);
  connect(&inspector, &views::InspectorView::whatIfChanged, this, &HardwareController::tryBits);
  connectView();
  ask();
}

void HardwareController::connectView() {
  using views::ResourcesView;
  connect(&view_, &ResourcesView::placeWanted, this, [this](const QString& place) {
    HardwareChoice choice = settings_.hardware();
    choice.place = place;
    choose(choice);
  });
  connect(&view_, &ResourcesView::modelWanted, this, [this](ModelKind model) {
    HardwareChoice choice = settings_.hardware();
    choice.model = model;
    choose(choice);
  });
  connect(&view_, &ResourcesView::utilisationWanted, this, [this](int percent) {
    HardwareChoice choice = settings_.hardware();
    choice.utilisation = percent;
    choose(choice);
  });
  connect(&view_, &ResourcesView::clockWanted, this, [this](int mhz) {
    HardwareChoice choice = settings_.hardware();
    choice.clock_mhz = mhz;
    choose(choice);
  });
  connect(&view_, &ResourcesView::policyWanted, this, [this](AccumulatorPolicy policy) {
    policy_ = policy;
    ask();
  });
  connect(&view_, &ResourcesView::foldingWanted, this, &HardwareController::fold);
  connect(&view_, &ResourcesView::foldingFreed, this, [this](const QString& layer) {
    overrides_.erase(layer.toStdString());
    ask();
  });
  connect(&view_, &ResourcesView::copyWanted, this, &HardwareController::copy);
}

void HardwareController::choose(const HardwareChoice& choice) {
  settings_.setHardware(choice);
  ask();
}

HardwareQuestion HardwareController::question() const {
  constexpr double kPercent = 100;
  constexpr double kMega = 1e6;
  HardwareQuestion out;
  const HardwareChoice chosen = settings_.hardware();
  out.experiment = document_.experiment();
  if (tried_) out.experiment.quant = *tried_;
  out.is_preview = tried_.has_value();
  if (record_ && hasWeightsOf(*record_, out.experiment)) out.record = record_;
  out.place = chosen.place.toStdString();
  out.request.device = findDevice(out.place).value();
  out.request.model = chosen.model;
  out.request.utilisation = chosen.utilisation / kPercent;
  if (chosen.clock_mhz > 0) out.request.clock_hz = kMega * chosen.clock_mhz;
  out.request.overrides = overrides_;
  out.policy = policy_;
  return out;
}

void HardwareController::ask() {
  lane_.request([this, asked = question()](const std::stop_token& stop) -> ShortLane::Then {
    const auto work = [&]() -> Result<Answer> { return estimateHardware(asked, stop); };
    const auto answer = guarded(work);
    if (!answer) return [this, story = failedStory(asked, answer.error())] { take(story); };
    return [this, story = *answer] { take(story); };
  });
  timer_.start();
  if (tried_) return;
  document_story_.reset();
  Q_EMIT changed();
}

void HardwareController::take(const std::optional<views::HardwareStory>& story) {
  if (!story) return;
  show(*story);
  if (story->is_preview) return;
  document_story_ = story_;
  Q_EMIT changed();
}

void HardwareController::show(views::HardwareStory story) {
  if (story.plan) story.synthesis = synthesisOf(*story.plan, synthesised_);
  story_ = std::make_shared<const views::HardwareStory>(std::move(story));
  view_.showHardware(story_);
  Q_EMIT shownChanged();
}

void HardwareController::learn(const std::vector<BlockSynthesis>& blocks) {
  for (const BlockSynthesis& block : blocks) synthesised_.add(block);
  if (!story_) return;
  const bool is_document = document_story_ == story_;
  show(*story_);
  if (!is_document) return;
  document_story_ = story_;
  Q_EMIT changed();
}

void HardwareController::runShown() {
  const views::StoryPointer& shown = feed_.shown();
  const auto record = shown ? shown->record : nullptr;
  if (std::exchange(record_, record) != record) ask();
}

void HardwareController::tryBits(const QuantSpec& wanted) {
  const bool differs = !(wanted == document_.experiment().quant);
  if (!differs && !tried_) return;
  tried_ = differs ? std::optional(wanted) : std::nullopt;
  ask();
}

void HardwareController::fold(const QString& layer, qint64 pe, qint64 simd) {
  FoldingOverride& wanted = overrides_[layer.toStdString()];
  wanted.pe = pe;
  wanted.simd = simd;
  ask();
}

void HardwareController::copy() {
  if (!story_) return;
  const QString run =
      story_->trained && feed_.shown() ? QString::fromStdString(feed_.shown()->name) : QString();
  Q_EMIT copyWanted(estimateLine(document_, *story_, run, policy_));
}

}  // namespace a2q::workbench
