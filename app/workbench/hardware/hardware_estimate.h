// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <stop_token>
#include <string>

#include "core/network/experiment.h"
#include "core/training/run_record.h"
#include "views/resources/hardware_story.h"

namespace a2q::workbench {

/// What a person wants to know of a network on a device.
struct HardwareQuestion {
  Experiment experiment;
  /// A run whose weights are those of the experiment; null: the specification alone.
  std::shared_ptr<const RunRecord> record;
  std::string place;    ///< a board or a device
  PlanRequest request;  ///< overrides that no layer can take are left out
  /// None, or one that the network cannot have: the narrowest that it can.
  std::optional<AccumulatorPolicy> policy;
  bool is_preview = false;
};

/// The answer. Takes from milliseconds to seconds and touches nothing else. None: it was stopped.
[[nodiscard]] std::optional<views::HardwareStory> estimateHardware(const HardwareQuestion& question,
                                                                   const std::stop_token& stop);

/// The answer when there can be none.
[[nodiscard]] views::HardwareStory failedStory(const HardwareQuestion& question,
                                               const Error& error);

/// Whether a run was trained for what the experiment says, so that its exact ranges hold.
[[nodiscard]] bool hasWeightsOf(const RunRecord& record, const Experiment& experiment);

}  // namespace a2q::workbench
