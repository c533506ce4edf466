// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/calibration/calibration_data.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/base/atomic_file.h"
#include "core/base/user_folders.h"
#include "hw_backend/calibration/complete_table.h"
#include "hw_backend/calibration/shipped_tables.h"
#include "hw_backend/device/device.h"

namespace a2q {

namespace fs = std::filesystem;

namespace {

Result<MeasurementTable> readOwn(const fs::path& path, std::string_view family) {
  const auto text = readRegularFile(path);
  if (!text) return tl::make_unexpected(text.error());
  auto table = measurementsFromText(*text, path.string());
  if (!table) return table;
  const auto known = std::ranges::find(families(), family, &Family::name);
  if (known != families().end()) {
    if (const Status complete = checkComplete(*table, *known); !complete) {
      Error error = complete.error();
      error.message = fmt::format("{}: {}", path.string(), error.message);
      return tl::make_unexpected(std::move(error));
    }
  }
  table->file = path;
  return table;
}

}  // namespace

fs::path ownCalibrationFile(std::string_view family) {
  const fs::path folder = userDataFolder();
  if (folder.empty()) return folder;
  return folder / "calibration" / fmt::format("{}.csv", family);
}

Result<MeasurementTable> calibrationData(std::string_view family) {
  const fs::path own = ownCalibrationFile(family);
  std::error_code ignored;
  if (!own.empty() && fs::exists(own, ignored)) {
    auto table = readOwn(own, family);
    if (table || table.error().code == ErrorCode::kReadFailed) return table;
    Error error = std::move(table).error();
    error.remedy =
        fmt::format("Measure anew with 'a2q calibrate --family {}', or remove the file.", family);
    return tl::make_unexpected(std::move(error));
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
