// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/calibration/calibration_data.h"

#include <fmt/format.h>

#include "core/base/atomic_file.h"
#include "core/base/user_folders.h"
#include "hw_backend/calibration/shipped_tables.h"

namespace a2q {

namespace fs = std::filesystem;

fs::path ownCalibrationFile(std::string_view family) {
  const fs::path folder = userDataFolder();
  if (folder.empty()) return folder;
  return folder / "calibration" / fmt::format("{}.csv", family);
}

Result<MeasurementTable> calibrationData(std::string_view family) {
  const fs::path own = ownCalibrationFile(family);
  std::error_code ignored;
  if (!own.empty() && fs::exists(own, ignored)) {
    const auto text = readFile(own);
    if (!text) return tl::make_unexpected(text.error());
    return measurementsFromText(*text, own.string());
  }
  for (const ShippedTable& table : shippedTables()) {
    if (table.family == family) return measurementsFromText(table.text, table.family);
  }
  return fail(ErrorCode::kNotInLibrary,
              fmt::format("there is no calibrated model of the family {}", family),
              "its blocks were never measured",
              fmt::format("Measure them with 'a2q calibrate --family {}', or choose --model finn.",
                          family));
}

}  // namespace a2q
