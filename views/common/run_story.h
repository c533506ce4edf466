// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/bounds/accumulator_bounds.h"
#include "core/project/stored/run_objects.h"
#include "core/training/run_record.h"

namespace a2q::views {

/// What an accumulator of a channel really reached on data: least and largest running sum.
struct ObservedLayer {
  std::string layer;
  std::vector<AccumulatorRange> channels;
};

/// One run as panes show it: what was asked for, and all that it has told so far. A value that is
/// replaced while the run trains, never changed; copies share what is large.
struct RunStory {
  std::string uuid;  ///< of the run in its project; empty: a plan, or not recorded
  std::string name;  ///< "run-3"
  Experiment experiment;
  Metric metric = Metric::kAccuracy;
  /// A row a step; the columns of RunRecord::steps ("batch_loss", "learning_rate", …).
  ScalarSeries steps;
  std::vector<EpochRecord> epochs;
  /// The layers at the end of every epoch.
  std::vector<std::shared_ptr<const EpochSnapshot>> history;
  /// The newest snapshot; layers without channels before the first batch.
  std::shared_ptr<const std::vector<LayerSnapshot>> layers;
  /// How it ended; null while it trains, and for a plan.
  std::shared_ptr<const RunRecord> record;
  /// Measured on `observed_samples` test samples; null: not measured.
  std::shared_ptr<const std::vector<ObservedLayer>> observed;
  std::int64_t observed_samples = 0;
};
using StoryPointer = std::shared_ptr<const RunStory>;

/// A run drawn beside the one that is shown.
struct ComparedRun {
  StoryPointer story;
  QColor color;
  bool baseline = false;
};

/// Implemented by panes that show a run. A hidden pane is not called; it is when it becomes
/// visible.
class RunPane {
 public:
  RunPane() = default;
  RunPane(const RunPane&) = delete;
  RunPane& operator=(const RunPane&) = delete;
  virtual ~RunPane() = default;

  /// Shows this, drawn before it returns: the caller measures what it costs.
  virtual void showRun(const StoryPointer& story) = 0;
  /// The others, for panes that overlay them; without the one shown.
  virtual void showCompared(const std::vector<ComparedRun>& /*runs*/) {}
};

/// The layer of that name; null when there is none.
[[nodiscard]] const LayerSnapshot* findLayer(const RunStory& story, const std::string& name);

}  // namespace a2q::views
