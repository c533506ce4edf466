// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <memory>
#include <string>

#include "app/workbench/project/project_session.h"
#include "app/workbench/run/telemetry.h"
#include "core/base/run_control.h"
#include "core/training/run_record.h"
#include "core/training/trainer.h"

namespace a2q::workbench {

/// What is trained, and into which project.
struct RunRequest {
  Experiment experiment;
  SessionPointer project;
  std::string resume;  ///< UUID of the run to go on with; empty: a new one
  ComputeOptions compute;
};

/// How a training ended, and whether the project has it.
struct RunEnd {
  std::shared_ptr<const RunRecord> record;
  Status recorded;
};

/// What the window says to a job while it works, and the other way round.
struct RunSwitches {
  std::atomic<bool> training = false;  ///< set by the job: data are loaded, batches begin
  std::atomic<bool> discard = false;   ///< set by the window: when it stops, the run is not kept
};

/// Loads the data and trains, on the thread that calls. The run is recorded in the project.
[[nodiscard]] Result<RunEnd> runExperiment(const RunRequest& request, Telemetry& telemetry,
                                           RunSwitches& switches, const RunControl& control);

}  // namespace a2q::workbench
