// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/run/compare_controller.h"

#include <algorithm>
#include <utility>

#include "app/workbench/project/document.h"
#include "app/workbench/run/run_feed.h"

namespace a2q::workbench {

CompareController::CompareController(Document& document, RunFeed& feed, views::RunsView& view,
                                     QObject* parent)
    : QObject(parent), document_(document), feed_(feed), view_(view) {
  connect(&view_, &views::RunsView::runActivated, this,
          [this](const QString& uuid) { showRun(uuid.toStdString()); });
  connect(&view_, &views::RunsView::comparedChanged, this, &CompareController::chooseCompared);
  connect(&feed_, &RunFeed::shownChanged, this, &CompareController::shownChanged);
  connect(&library_, &StoryLibrary::storyLoaded, this, &CompareController::loaded);
  connect(&library_, &StoryLibrary::storyFailed, this,
          [this](const std::string& uuid, const Error& error) {
            if (wanted_ == uuid) wanted_.clear();
            Q_EMIT failed(error);
          });
}

void CompareController::restart() {
  library_.setProject(document_.project());
  wanted_.clear();
  compared_.clear();
  feed_.setCompared({});
}

bool CompareController::isLive(const std::string& uuid) const {
  return feed_.live() && feed_.live()->uuid == uuid;
}

void CompareController::showRun(const std::string& uuid) {
  wanted_.clear();
  if (isLive(uuid)) return feed_.showLive();
  wanted_ = uuid;
  library_.request(uuid);
}

void CompareController::showLast() {
  const ProjectPointer saved = document_.project()->saved();
  if (saved && !saved->runs.empty()) showRun(saved->runs.back().uuid);
}

void CompareController::loaded(const std::string& uuid, const views::StoryPointer& story) {
  if (uuid == std::exchange(wanted_, wanted_ == uuid ? std::string() : wanted_)) feed_.show(story);
  tellCompared();
}

void CompareController::shownChanged() {
  const views::StoryPointer& shown = feed_.shown();
  view_.setShown(shown ? QString::fromStdString(shown->uuid) : QString());
  // The one that is shown is not drawn beside itself.
  const auto drawn = [&](const auto& choice) { return shown && choice.uuid == shown->uuid; };
  if (std::ranges::any_of(compared_, drawn)) tellCompared();
}

void CompareController::chooseCompared(const std::vector<views::ComparedChoice>& choices) {
  compared_ = choices;
  for (const views::ComparedChoice& choice : compared_) {
    if (!isLive(choice.uuid) && !library_.find(choice.uuid)) library_.request(choice.uuid);
  }
  tellCompared();
}

void CompareController::tellCompared() {
  std::vector<views::ComparedRun> runs;
  for (const views::ComparedChoice& choice : compared_) {
    const bool live = isLive(choice.uuid);
    const views::StoryPointer story = live ? feed_.live() : library_.find(choice.uuid);
    const bool shown = feed_.shown() && feed_.shown()->uuid == choice.uuid;
    if (story && !shown) runs.push_back({story, choice.color, choice.baseline});
  }
  feed_.setCompared(std::move(runs));
}

const ProjectRun* CompareController::shownRun() const {
  const ProjectPointer saved = document_.project()->saved();
  const views::StoryPointer& shown = feed_.shown();
  if (!saved || !shown || shown->uuid.empty()) return nullptr;
  const auto found = std::ranges::find_if(
      saved->runs, [&](const ProjectRun& run) { return run.uuid == shown->uuid; });
  return found == saved->runs.end() ? nullptr : &*found;
}

QString CompareController::whyNotContinued() const {
  const ProjectRun* const run = shownRun();
  if (run == nullptr) return tr("Show a run of the project first (Runs, Enter).");
  if (run->state == ProjectRunState::kFinished) return tr("The run is finished.");
  if (!run->last_checkpoint) return tr("The run has no checkpoint to go on from.");
  return {};
}

}  // namespace a2q::workbench
