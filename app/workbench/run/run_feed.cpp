// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/run/run_feed.h"

#include <QWidget>
#include <algorithm>
#include <tuple>
#include <utility>

#include "app/workbench/project/document.h"
#include "core/base/parallel.h"
#include "core/training/layer_levels.h"

namespace a2q::workbench {
namespace {

using views::RunStory;

/// A dock behind another tab says it is visible, but lies outside of the window.
bool canBeSeen(const QWidget& widget) {
  const QWidget* const window = widget.window();
  return widget.isVisible() &&
         window->rect().intersects(QRect(widget.mapTo(window, QPoint()), widget.size()));
}

}  // namespace

RunFeed::RunFeed(RunController& controller, QObject* parent)
    : QObject(parent), controller_(controller) {
  constexpr std::chrono::milliseconds kTick(33);
  constexpr double kDrawingShare = 0.015;  // of all processors
  usual_pause_ = 1 / (kDrawingShare * std::max(1, allowedProcessors()));
  pause_ = usual_pause_;
  timer_.setInterval(kTick);
  connect(&timer_, &QTimer::timeout, this, &RunFeed::tick);
  connect(&controller_, &RunController::phaseChanged, this, &RunFeed::wake);
}

void RunFeed::addPane(views::RunPane& pane, QWidget& widget) {
  panes_.push_back({&pane, &widget, nullptr, 0, 0});
}

void RunFeed::wake() {
  idle_ticks_ = 0;
  if (!timer_.isActive()) timer_.start();
}

void RunFeed::show(views::StoryPointer story) {
  shown_ = std::move(story);
  ++run_version_;
  Q_EMIT shownChanged();
  wake();
}

void RunFeed::follow(const Experiment& experiment, const std::string& uuid) {
  telemetry_ = controller_.telemetry();
  RunStory story;
  story.uuid = uuid;
  story.experiment = experiment;
  story.steps = telemetry_->steps.series();
  story.layers = std::make_shared<const std::vector<LayerSnapshot>>(plannedLayers(experiment));
  live_ = std::make_shared<const RunStory>(std::move(story));
  show(live_);
}

void RunFeed::amendShown(const std::function<void(RunStory&)>& change) {
  if (!shown_) return;
  RunStory story = *shown_;
  change(story);
  if (showsLive()) return replaceLive(std::move(story));
  show(std::make_shared<const RunStory>(std::move(story)));
}

void RunFeed::showLive() {
  if (live_) show(live_);
}

void RunFeed::replaceLive(RunStory story) {
  const bool shown = showsLive();
  live_ = std::make_shared<const RunStory>(std::move(story));
  if (!shown) return;
  shown_ = live_;
  Q_EMIT shownChanged();
  wake();
}

void RunFeed::refreshLive() {
  if (!telemetry_ || !live_) return;
  const auto identity = telemetry_->identity.take();
  auto layers = telemetry_->snapshot.take();
  const bool same = !identity && !layers && telemetry_->steps.size() == live_->steps.rows() &&
                    telemetry_->epochs.size() == live_->epochs.size();
  if (same) return;
  RunStory story = *live_;
  if (identity) std::tie(story.uuid, story.name) = *identity;
  if (layers) story.layers = std::move(*layers);
  story.steps = telemetry_->steps.series();
  for (EpochRecord& epoch : telemetry_->epochs.readFrom(story.epochs.size())) {
    story.epochs.push_back(epoch);
  }
  for (auto& snapshot : telemetry_->history.readFrom(story.history.size())) {
    story.history.push_back(std::move(snapshot));
  }
  if (const auto newest = telemetry_->steps.newest()) story.metric = newest->metric;
  replaceLive(std::move(story));
  Q_EMIT progressed();
}

void RunFeed::conclude(const RecordPointer& record) {
  refreshLive();
  if (!live_) return;
  RunStory story = *live_;
  story.record = record;
  if (!record->weights.empty()) {
    story.layers = std::make_shared<const std::vector<LayerSnapshot>>(finalLayers(*record));
  }
  telemetry_.reset();
  if (showsLive()) ++run_version_;
  replaceLive(std::move(story));
}

void RunFeed::setCompared(std::vector<views::ComparedRun> runs) {
  compared_ = std::move(runs);
  ++compared_version_;
  wake();
}

void RunFeed::setReduced(bool reduced) {
  constexpr double kReduced = 3;
  pause_ = reduced ? kReduced * usual_pause_ : usual_pause_;
}

bool RunFeed::waits(const Fed& fed) const {
  const bool news = fed.seen != shown_ || fed.compared_seen != compared_version_;
  return shown_ != nullptr && news && canBeSeen(*fed.widget);
}

bool RunFeed::isUrgent(const Fed& fed) const { return fed.run_seen != run_version_; }

void RunFeed::feedOne() {
  const auto start = Clock::now();
  const bool rests = controller_.trains() && start < next_drawing_;
  for (std::size_t i = 0; i < panes_.size(); ++i) {
    Fed& fed = panes_[(next_ + i) % panes_.size()];
    if (!waits(fed) || (rests && !isUrgent(fed))) continue;
    next_ = (next_ + i + 1) % panes_.size();
    fed.run_seen = run_version_;
    if (std::exchange(fed.compared_seen, compared_version_) != compared_version_) {
      fed.pane->showCompared(compared_);
    }
    if (std::exchange(fed.seen, shown_) != shown_) fed.pane->showRun(shown_);
    const auto cost = Clock::now() - start;
    next_drawing_ = Clock::now() + std::chrono::duration_cast<Clock::duration>(cost * pause_);
    return;
  }
}

void RunFeed::tick() {
  // Snapshots come ten times a second.
  constexpr int kTicksPerStory = 3;
  controller_.poll();
  Q_EMIT ticked();
  if (++ticks_ % kTicksPerStory == 0) refreshLive();
  feedOne();
  const bool waiting =
      std::any_of(panes_.begin(), panes_.end(), [this](const Fed& fed) { return waits(fed); });
  constexpr int kIdleTicks = 30;
  idle_ticks_ = controller_.busy() || waiting ? 0 : idle_ticks_ + 1;
  if (idle_ticks_ > kIdleTicks) timer_.stop();
}

}  // namespace a2q::workbench
