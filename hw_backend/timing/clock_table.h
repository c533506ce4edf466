// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "hw_backend/design/block.h"

namespace a2q {

/// The highest clock of one placed and routed block.
struct ClockMeasurement {
  Block block;
  bool held_out = false;
  double mhz = 0;
};

/// Blocks that were placed and routed on a device, and with what.
struct ClockTable {
  std::string device;
  std::string tool;  ///< "Yosys 0.23 (...), nextpnr-ice40 (Version 0.4-1+b1)"
  std::vector<ClockMeasurement> rows;
  std::filesystem::path file = {};  ///< a person's own; empty: what the program brings
};

/// As text: two lines of what it is, a line of names, and a line a block: held_out,MHz,block as
/// blockText() writes it.
[[nodiscard]] std::string clockTableText(const ClockTable& table);

/// Read back. Errors: kFileFormat with the line.
[[nodiscard]] Result<ClockTable> clockTableFromText(std::string_view text, std::string_view name);

}  // namespace a2q
