// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <stop_token>
#include <vector>

#include "core/base/result.h"
#include "core/base/run_control.h"
#include "hw_backend/calibration/calibration_grid.h"
#include "hw_backend/calibration/measurements.h"
#include "hw_backend/device/device.h"
#include "hw_backend/timing/clock_table.h"

namespace a2q {

/// The blocks whose clocks are measured: every fifth measured block of each kind that takes at
/// most two fifths of the device, so that placing is not what limits it.
[[nodiscard]] std::vector<CalibrationPoint> clockPlan(const MeasurementTable& measured,
                                                      const Device& device);

/// Synthesises, places and routes the blocks one by one behind registers, `jobs` at a time. None:
/// stopped; what was placed stays in the cache. Errors: kUsage for a device that nextpnr cannot be
/// told of here; those of generateBlock(), synthesiseNetlist() and placeAndRoute().
[[nodiscard]] Result<std::optional<ClockTable>> calibrateClocks(
    const Device& device, const std::vector<CalibrationPoint>& plan, int jobs,
    ProgressSink& progress, const std::stop_token& stop);

}  // namespace a2q
