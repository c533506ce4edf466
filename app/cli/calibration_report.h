// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "hw_backend/calibration/block_fits.h"

namespace a2q::cli {

/// A line a kind of block: how many were measured, and the model's errors on what it was fitted to
/// and on what it never saw.
[[nodiscard]] std::string calibrationText(const MeasurementTable& table, const BlockFits& fits);
[[nodiscard]] nlohmann::ordered_json calibrationJson(const MeasurementTable& table,
                                                     const BlockFits& fits);

}  // namespace a2q::cli
