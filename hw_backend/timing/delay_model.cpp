// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/timing/delay_model.h"

#include <fmt/format.h>

#include <map>
#include <mutex>

#include "core/base/atomic_file.h"
#include "core/base/user_folders.h"
#include "hw_backend/timing/shipped_clocks.h"

namespace a2q {
namespace {

namespace fs = std::filesystem;

std::string sourceOf(const ClockTable& table, const DelayFit& fit) {
  return fmt::format(
      "fitted to {} blocks placed on {} by {}; held-out blocks were off by {:.0f} % "
      "(median), {:.0f} % (worst){}",
      table.rows.size(), table.device, table.tool, 100 * fit.held_out.median,
      100 * fit.held_out.worst,
      table.file.empty() ? "" : "; your own measurements, " + table.file.string());
}

Result<DelayModel> makeModel(const Device& device) {
  if (device.delays) return DelayModel{*device.delays, device.clock_source.title};
  const auto table = clockData(device.clocks_of);
  if (!table) return tl::make_unexpected(table.error());
  const auto fit = fitDelays(*table, *device.family);
  if (!fit) return tl::make_unexpected(fit.error());
  return DelayModel{fit->figures, sourceOf(*table, *fit)};
}

tl::unexpected<Error> neverMeasured(std::string_view name) {
  const std::string message = fmt::format("the clocks of blocks on {} were never measured", name);
  const auto device = findDevice(name);
  if (device && (*device)->nextpnr_options.empty()) {
    return fail(ErrorCode::kNotInLibrary, message,
                "the program does not know how to place designs on it",
                "'a2q estimate' takes its delays from elsewhere and names the source; choose an "
                "iCE40 device for measured ones.");
  }
  return fail(ErrorCode::kNotInLibrary, message, {},
              fmt::format("Measure them with 'a2q calibrate --clocks {}'.", name));
}

}  // namespace

fs::path ownClockFile(std::string_view device) {
  const fs::path folder = userDataFolder();
  if (folder.empty()) return folder;
  return folder / "calibration" / "clocks" / fmt::format("{}.csv", device);
}

Result<ClockTable> clockData(std::string_view device) {
  const fs::path own = ownClockFile(device);
  std::error_code ignored;
  if (!own.empty() && fs::exists(own, ignored)) {
    const auto text = readRegularFile(own);
    if (!text) return tl::make_unexpected(text.error());
    auto table = clockTableFromText(*text, own.string());
    if (!table) return table;
    if (table->device != device) {
      return fail(
          ErrorCode::kFileFormat,
          fmt::format("{}: the clocks are of {}, not of {}", own.string(), table->device, device),
          {},
          fmt::format("Measure anew with 'a2q calibrate --clocks {}', or remove the file.",
                      device));
    }
    table->file = own;
    return table;
  }
  for (const ShippedClocks& table : shippedClocks()) {
    if (table.device == device) return clockTableFromText(table.text, table.device);
  }
  return neverMeasured(device);
}

Result<const DelayModel*> delayModel(const Device& device) {
  static std::mutex guard;
  static std::map<std::string, DelayModel, std::less<>> models;
  const std::lock_guard lock(guard);
  const auto known = models.find(device.name);
  if (known != models.end()) return &known->second;
  auto model = makeModel(device);
  if (!model) return tl::make_unexpected(model.error());
  return &models.emplace(device.name, std::move(*model)).first->second;
}

}  // namespace a2q
