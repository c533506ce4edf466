// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <memory>

#include "app/workbench/project/project_session.h"
#include "app/workbench/run/telemetry.h"
#include "core/base/run_control.h"
#include "core/training/run_record.h"

namespace a2q::workbench {

/// How a training ended, and whether the project has it.
struct RunEnd {
  std::shared_ptr<const RunRecord> record;
  Status recorded;
};

/// Loads the data and trains, on the thread that calls; `training` turns true between the two. The
/// run is recorded in the project.
[[nodiscard]] Result<RunEnd> runExperiment(const Experiment& experiment, ProjectSession& project,
                                           Telemetry& telemetry, std::atomic<bool>& training,
                                           const RunControl& control);

}  // namespace a2q::workbench
