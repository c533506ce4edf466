// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/run/story_library.h"

#include <algorithm>
#include <exception>
#include <new>
#include <utility>

#include "app/workbench/run/run_story_of.h"
#include "core/project/project_lane.h"

namespace a2q::workbench {
namespace {

/// Digest of what a run was read from; empty when only its specification and epochs are known.
std::string digestOf(const ProjectRun& run) {
  if (run.record) return run.record->digest;
  return run.last_checkpoint ? run.last_checkpoint->digest : std::string();
}

Result<views::StoryPointer> read(ProjectSession& project, const std::string& uuid) {
  try {
    auto contents = project.readRun(uuid);
    if (!contents) return forward(std::move(contents));
    return storyOf(std::move(*contents));
  } catch (const std::bad_alloc&) {
    return fail(ErrorCode::kOutOfMemory, "memory does not suffice to read the run");
  } catch (const std::exception& problem) {
    return fail(ErrorCode::kInternal, "an unexpected failure while reading a run", problem.what());
  }
}

}  // namespace

StoryLibrary::StoryLibrary(QObject* parent, std::size_t most_bytes)
    : QObject(parent), most_bytes_(most_bytes), answers_(std::make_shared<Answers>()) {
  constexpr int kTick = 33;
  timer_.setInterval(kTick);
  connect(&timer_, &QTimer::timeout, this, &StoryLibrary::poll);
}

void StoryLibrary::setProject(SessionPointer project) {
  if (project == project_) return;
  project_ = std::move(project);
  answers_ = std::make_shared<Answers>();
  wanted_.clear();
  kept_.clear();
  bytes_ = 0;
  timer_.stop();
}

std::optional<StoryLibrary::Key> StoryLibrary::keyOf(const std::string& uuid) const {
  const ProjectPointer saved = project_ ? project_->saved() : nullptr;
  if (!saved) return std::nullopt;
  const auto run = std::ranges::find(saved->runs, uuid, &ProjectRun::uuid);
  if (run == saved->runs.end()) return std::nullopt;
  std::string digest = digestOf(*run);
  if (digest.empty()) digest = std::to_string(run->epochs.size()) + " epochs";
  return Key{uuid, std::move(digest)};
}

views::StoryPointer StoryLibrary::find(const std::string& uuid) {
  const auto key = keyOf(uuid);
  const auto found =
      std::ranges::find_if(kept_, [&](const Kept& kept) { return key && kept.key == *key; });
  if (found == kept_.end()) return nullptr;
  kept_.splice(kept_.begin(), kept_, found);
  return kept_.front().story;
}

void StoryLibrary::request(const std::string& uuid) {
  const auto key = keyOf(uuid);
  if (!key) {
    put({{uuid, {}}, fail(ErrorCode::kPartMissing, "the project has no such run", uuid)});
  } else if (views::StoryPointer known = find(uuid)) {
    put({*key, std::move(known), 0});
  } else if (wanted_.insert(*key).second) {
    projectLane().post([key = *key, project = project_, answers = answers_] {
      Answer answer{key, read(*project, key.uuid)};
      if (answer.story) answer.bytes = bytesOf(**answer.story);
      const std::lock_guard lock(answers->mutex);
      answers->list.push_back(std::move(answer));
    });
  }
  timer_.start();
}

void StoryLibrary::put(const Answer& answer) {
  wanted_.insert(answer.key);
  const std::lock_guard lock(answers_->mutex);
  answers_->list.push_back(answer);
}

void StoryLibrary::poll() {
  std::vector<Answer> ready;
  {
    const std::lock_guard lock(answers_->mutex);
    ready.swap(answers_->list);
  }
  const auto of = answers_;
  for (const Answer& answer : ready) {
    // What a signal calls may open another project: the rest is of none then.
    if (of != answers_) return;
    deliver(answer);
  }
  if (wanted_.empty()) timer_.stop();
}

void StoryLibrary::deliver(const Answer& answer) {
  wanted_.erase(answer.key);
  if (!answer.story) {
    Q_EMIT storyFailed(answer.key.uuid, answer.story.error());
    return;
  }
  if (answer.bytes > 0) keep(answer);
  Q_EMIT storyLoaded(answer.key.uuid, *answer.story);
}

void StoryLibrary::keep(const Answer& answer) {
  const auto forget = [this](const Kept& kept) {
    bytes_ -= kept.bytes;
    return true;
  };
  std::erase_if(kept_,
                [&](const Kept& kept) { return kept.key.uuid == answer.key.uuid && forget(kept); });
  kept_.push_front({answer.key, *answer.story, answer.bytes});
  bytes_ += answer.bytes;
  // The newest stays, however large it is.
  while (bytes_ > most_bytes_ && kept_.size() > 1) {
    forget(kept_.back());
    kept_.pop_back();
  }
}

}  // namespace a2q::workbench
