// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "hw_backend/calibration/block_fits.h"
#include "hw_backend/timing/delay_fit.h"

namespace a2q::cli {

/// A line a kind of block: how many were measured, and the model's errors on what it was fitted to
/// and on what it never saw.
[[nodiscard]] std::string calibrationText(const MeasurementTable& table, const BlockFits& fits);
[[nodiscard]] nlohmann::ordered_json calibrationJson(const MeasurementTable& table,
                                                     const BlockFits& fits);

/// The delays fitted to a device's clocks, with their errors; schema a2q-clocks-1.
[[nodiscard]] std::string clocksText(const ClockTable& table, const DelayFit& fit);
[[nodiscard]] nlohmann::ordered_json clocksJson(const ClockTable& table, const DelayFit& fit);

}  // namespace a2q::cli
