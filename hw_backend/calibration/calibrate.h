// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <optional>
#include <stop_token>
#include <vector>

#include "core/base/result.h"
#include "core/base/run_control.h"
#include "hw_backend/calibration/calibration_grid.h"
#include "hw_backend/calibration/measurements.h"
#include "hw_backend/device/device.h"

namespace a2q {

/// Synthesises one block of the library with example constants for a family. None: stopped. Errors:
/// those of generateBlock() and synthesise().
[[nodiscard]] Result<std::optional<ResourceVector>> measureBlock(const Block& block,
                                                                 const Family& family,
                                                                 const std::stop_token& stop);

/// Synthesises one product of the library on its own. None: stopped. Errors: those of synthesise().
[[nodiscard]] Result<std::optional<ResourceVector>> measureProduct(const Product& product,
                                                                   const Family& family,
                                                                   const std::stop_token& stop);

/// Hears which of the blocks was measured, and what it takes; from one thread at a time.
using MeasureSink = std::function<void(std::size_t block, const ResourceVector& use)>;

/// Measures blocks with `jobs` syntheses at a time, in no fixed order; what was synthesised before
/// comes from the cache. False: it was stopped before all were measured. Errors: the first that any
/// of them met; then the others are stopped.
[[nodiscard]] Result<bool> measureBlocks(const Family& family, const std::vector<Block>& blocks,
                                         int jobs, const MeasureSink& measured,
                                         const std::stop_token& stop);

/// What a calibration measures.
struct CalibrationPlan {
  std::vector<CalibrationPoint> blocks = calibrationGrid();
  std::vector<Product> products = productGrid();
};

/// Measures everything in a plan, `jobs` syntheses at a time. None: stopped; what was measured
/// stays in the cache. Errors: those of measureBlocks().
[[nodiscard]] Result<std::optional<MeasurementTable>> calibrate(const Family& family,
                                                                const CalibrationPlan& plan,
                                                                int jobs, ProgressSink& progress,
                                                                const std::stop_token& stop);

}  // namespace a2q
