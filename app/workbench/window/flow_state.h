// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <optional>
#include <vector>

#include "app/workbench/run/run_controller.h"
#include "core/network/experiment.h"
#include "core/training/run_record.h"
#include "views/flow/flow_step.h"
#include "views/resources/hardware_story.h"

namespace a2q::workbench {

/// What is known of the data set that the specification names.
enum class DataState { kUnknown, kLoading, kThere, kMissing };

/// All that the states of the steps follow from.
struct FlowInputs {
  Experiment experiment;
  /// What the shown run was trained with; none: nothing has run.
  std::optional<Experiment> trained;
  RunPhase phase = RunPhase::kIdle;
  std::int64_t epoch = 0;   ///< of the run that goes, from 1; 0: none has begun
  std::int64_t epochs = 0;  ///< of its phase
  RecordPointer record;     ///< of the shown run; null while it goes, and before
  DataState data = DataState::kUnknown;
  QString data_reason;             ///< why it is missing, and what to do
  std::int64_t train_samples = 0;  ///< 0: not known
  std::int64_t test_samples = 0;
  views::HardwarePointer hardware;  ///< the newest estimate; null: one is on its way
};

/// The steps in order. Pure: the same inputs give the same steps.
[[nodiscard]] std::vector<views::FlowStep> flowSteps(const FlowInputs& inputs);

/// What differs between two specifications in the settings whose keys begin with one of the
/// prefixes ("network", "quant", "training", "data"): "changed since the run: accumulator_bits 16 →
/// 14, and 2 more"; empty when nothing does.
[[nodiscard]] QString changesSince(const Experiment& trained, const Experiment& now,
                                   const QStringList& prefixes);

}  // namespace a2q::workbench
