// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string_view>

#include "core/base/result.h"
#include "hw_backend/calibration/measurements.h"

namespace a2q {

/// Where a person's own measurements of a family are: calibration/FAMILY.csv below
/// userDataFolder(); empty when there is none.
[[nodiscard]] std::filesystem::path ownCalibrationFile(std::string_view family);

/// The measurements of a family: a person's own where there are some, else those that the program
/// brings. Errors: kNotInLibrary (there are none), kFileFormat (also a person's own that are of
/// another family or not complete), kReadFailed.
[[nodiscard]] Result<MeasurementTable> calibrationData(std::string_view family);

}  // namespace a2q
