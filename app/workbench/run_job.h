// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>

#include "app/workbench/telemetry.h"
#include "core/base/run_control.h"
#include "core/training/run_record.h"

namespace a2q::workbench {

/// Loads the data and trains, on the thread that calls; `training` turns true between the two.
[[nodiscard]] Result<RunRecord> runExperiment(const Experiment& experiment, Telemetry& telemetry,
                                              std::atomic<bool>& training,
                                              const RunControl& control);

}  // namespace a2q::workbench
