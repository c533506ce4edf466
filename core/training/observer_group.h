// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <utility>
#include <vector>

#include "core/training/trainer.h"

namespace a2q {

/// Tells several observers, in order.
class ObserverGroup : public TrainObserver {
 public:
  explicit ObserverGroup(std::vector<TrainObserver*> members) : members_(std::move(members)) {}

  void onStep(const StepReport& report) override {
    for (TrainObserver* member : members_) member->onStep(report);
  }
  void onEpoch(const EpochRecord& record) override {
    for (TrainObserver* member : members_) member->onEpoch(record);
  }
  void onSnapshot(const std::vector<LayerSnapshot>& layers) override {
    for (TrainObserver* member : members_) member->onSnapshot(layers);
  }
  void onCheckpoint(const Checkpoint& checkpoint, CheckpointKind kind) override {
    for (TrainObserver* member : members_) member->onCheckpoint(checkpoint, kind);
  }
  [[nodiscard]] Snapshots snapshots() const override {
    const bool wanted = std::any_of(members_.begin(), members_.end(), [](const auto* member) {
      return member->snapshots() == Snapshots::kWanted;
    });
    return wanted ? Snapshots::kWanted : Snapshots::kIgnored;
  }

 private:
  std::vector<TrainObserver*> members_;
};

}  // namespace a2q
