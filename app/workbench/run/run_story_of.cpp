// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/run/run_story_of.h"

#include <utility>

#include "app/workbench/project/document.h"
#include "core/training/layer_levels.h"

namespace a2q::workbench {
namespace {

using views::RunStory;

std::size_t bytesOf(const std::vector<LayerSnapshot>& layers) {
  std::size_t bytes = 0;
  for (const LayerSnapshot& layer : layers) {
    bytes += sizeof(LayerSnapshot) + layer.channels.size() * sizeof(SignedSums) +
             layer.levels.size() * sizeof(std::int64_t);
  }
  return bytes;
}

void addHistory(RunStory& story, std::vector<EpochSnapshot> history) {
  for (EpochSnapshot& epoch : history) {
    story.history.push_back(std::make_shared<const EpochSnapshot>(std::move(epoch)));
  }
}

void addRecord(RunStory& story, StoredRun stored) {
  auto record = std::make_shared<const RunRecord>(std::move(stored.record));
  story.experiment = record->experiment;
  story.metric = record->metric;
  story.steps = record->steps;
  story.epochs = record->epochs;
  addHistory(story, std::move(stored.snapshots));
  story.layers = std::make_shared<const std::vector<LayerSnapshot>>(finalLayers(*record));
  story.record = std::move(record);
}

void addCheckpoint(RunStory& story, Checkpoint checkpoint, Metric metric) {
  story.experiment = std::move(checkpoint.experiment);
  story.metric = metric;
  story.steps = std::move(checkpoint.steps);
  story.epochs = std::move(checkpoint.epochs);
  if (story.history.empty()) {
    story.layers =
        std::make_shared<const std::vector<LayerSnapshot>>(plannedLayers(story.experiment));
  } else {
    const auto& last = story.history.back();
    story.layers = std::shared_ptr<const std::vector<LayerSnapshot>>(last, &last->layers);
  }
}

}  // namespace

views::StoryPointer storyOf(RunContents contents) {
  auto story = std::make_shared<RunStory>();
  story->uuid = contents.run.uuid;
  story->name = contents.run.name;
  if (auto* stored = std::get_if<StoredRun>(&contents.stored)) {
    addRecord(*story, std::move(*stored));
  } else {
    addHistory(*story, std::move(contents.history));
    addCheckpoint(*story, std::move(std::get<Checkpoint>(contents.stored)), contents.run.metric);
  }
  return story;
}

std::size_t bytesOf(const RunStory& story) {
  std::size_t bytes = sizeof(RunStory) +
                      story.steps.rows() * story.steps.columns().size() * sizeof(double) +
                      story.epochs.size() * sizeof(EpochRecord);
  for (const auto& epoch : story.history) bytes += bytesOf(epoch->layers);
  if (story.layers) bytes += bytesOf(*story.layers);
  if (!story.record) return bytes;
  for (const IntegerWeights& layer : story.record->weights) {
    bytes += layer.values.size() * sizeof(std::int32_t);
  }
  for (const LayerBound& layer : story.record->certificate.layers) {
    bytes += layer.channels.size() * sizeof(ChannelBound);
  }
  for (const NamedTensor& tensor : story.record->parameters) bytes += tensor.bytes.size();
  return bytes;
}

}  // namespace a2q::workbench
