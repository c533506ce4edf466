// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

#include "hw_backend/device/device.h"
#include "hw_backend/timing/delay_fit.h"

namespace a2q {

/// The delays of a device, and where they are from.
struct DelayModel {
  DelayFigures figures;
  std::string source;
};

/// Where a person's own measured clocks of a device are: calibration/clocks/DEVICE.csv below
/// userDataFolder(); empty when there is none.
[[nodiscard]] std::filesystem::path ownClockFile(std::string_view device);

/// The measured clocks of a device: a person's own where there are some, else those that the
/// program brings. Errors: kNotInLibrary (there are none), kFileFormat, kReadFailed.
[[nodiscard]] Result<ClockTable> clockData(std::string_view device);

/// Fitted to the measured clocks of the device, or of the one whose timing it shares; else the
/// delays of its data file. Read and fitted once, lives as long as the program. Errors: those of
/// clockData() and fitDelays().
[[nodiscard]] Result<const DelayModel*> delayModel(const Device& device);

}  // namespace a2q
