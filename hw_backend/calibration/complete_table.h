// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "hw_backend/calibration/measurements.h"
#include "hw_backend/device/device.h"

namespace a2q {

/// Whether a table has what the fits of a family need: of every kind of block at least five that
/// are not held out, and every product of productGrid(). Errors: kFileFormat for another family, or
/// with what is missing.
[[nodiscard]] Status checkComplete(const MeasurementTable& table, const Family& family);

}  // namespace a2q
