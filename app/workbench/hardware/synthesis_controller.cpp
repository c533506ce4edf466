// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/hardware/synthesis_controller.h"

#include <QGuiApplication>
#include <algorithm>
#include <chrono>
#include <utility>

#include "app/workbench/hardware/hardware_controller.h"
#include "app/workbench/run/guarded.h"
#include "app/workbench/run/job_list.h"
#include "core/base/parallel.h"
#include "hw_backend/estimate/design_synthesis.h"
#include "views/resources/resources_view.h"
#include "views/resources/synthesis_text.h"

namespace a2q::workbench {
namespace {

using views::SynthesisPhase;

/// A training beside it, and the window, have the other half.
int processesAtOnce() { return std::max(1, allowedProcessors() / 2); }

}  // namespace

SynthesisController::SynthesisController(HardwareController& hardware, views::ResourcesView& view,
                                         JobList& jobs, QObject* parent)
    : QObject(parent), hardware_(hardware), view_(view), jobs_(jobs) {
  constexpr std::chrono::milliseconds kTick(50);
  timer_.setInterval(kTick);
  connect(&timer_, &QTimer::timeout, this, &SynthesisController::pull);
  connect(&hardware_, &HardwareController::shownChanged, this, &SynthesisController::update);
  connect(&view_, &views::ResourcesView::synthesisWanted, this, &SynthesisController::start);
  connect(&view_, &views::ResourcesView::synthesisStopWanted, this, &SynthesisController::stop);
  // A person who comes back from a terminal may have installed the tool there.
  connect(qGuiApp, &QGuiApplication::applicationStateChanged, this, &SynthesisController::update);
  update();
}

void SynthesisController::start() {
  update();
  if (!why_not_.isEmpty()) return;
  story_ = hardware_.story();
  work_ = std::make_shared<Work>();
  state_ = {SynthesisPhase::kRunning, 0, distinctBlocks(story_->plan->design).size(), {}};
  job_ = jobs_.begin(tr("Synthesis for %1").arg(QString::fromStdString(story_->plan->device->part)),
                     [this] { stop(); });
  lane_.post([story = story_, work = work_](const std::stop_token& stop) {
    const auto done = [&](const BlockSynthesis& one) { work->blocks.append(one); };
    work->end.put(
        guarded([&] { return synthesiseBlocks(*story->plan, processesAtOnce(), done, stop); }));
  });
  timer_.start();
  jobs_.progress(job_, 0, views::blocksText(state_));
  update();
}

void SynthesisController::stop() {
  if (!busy() || state_.phase == SynthesisPhase::kStopping) return;
  lane_.requestStop();
  state_.phase = SynthesisPhase::kStopping;
  update();
}

void SynthesisController::pull() {
  if (!busy()) return;
  const auto end = work_->end.take();
  learnNew();
  if (end) conclude(*end);
}

void SynthesisController::learnNew() {
  const auto blocks = work_->blocks.readFrom(state_.done);
  if (blocks.empty()) return;
  state_.done += blocks.size();
  hardware_.learn(blocks);
  jobs_.progress(job_, static_cast<double>(state_.done) / static_cast<double>(state_.blocks),
                 views::blocksText(state_));
  view_.showSynthesis(state_);
}

void SynthesisController::conclude(const Result<bool>& end) {
  timer_.stop();
  if (!end) {
    jobs_.end(job_, JobState::kFailed, QString::fromStdString(end.error().message));
  } else if (*end) {
    jobs_.end(job_, JobState::kDone, outcome());
  } else {
    jobs_.end(job_, JobState::kCancelled, tr("%1 done; they stay").arg(views::blocksText(state_)));
  }
  state_ = {};
  story_.reset();
  work_.reset();
  update();
  if (!end) Q_EMIT failed(end.error());
}

/// Of the design that was synthesised, whatever is shown by now.
QString SynthesisController::outcome() const {
  views::HardwareStory story = *story_;
  story.synthesis = synthesisOf(*story.plan, hardware_.synthesised());
  return views::comparisonText(story, views::resourceRows(story).back());
}

QString SynthesisController::reason() const {
  if (busy()) return tr("A synthesis is running: stop it first, or wait.");
  const views::HardwarePointer& story = hardware_.story();
  if (!story) return tr("The estimate is being computed.");
  if (!story->plan) return tr("There is no design. %1").arg(story->problem);
  const Status can = canSynthesise();
  if (can) return {};
  return tr("%1. What to do: %2")
      .arg(QString::fromStdString(can.error().message), QString::fromStdString(can.error().remedy));
}

void SynthesisController::update() {
  why_not_ = reason();
  if (!busy()) state_.why_not = why_not_;
  view_.showSynthesis(state_);
  Q_EMIT changed();
}

}  // namespace a2q::workbench
