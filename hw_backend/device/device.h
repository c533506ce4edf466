// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "hw_backend/device/delay_figures.h"
#include "hw_backend/device/resource_vector.h"

namespace a2q {

/// Where a number of a data file comes from.
struct DataSource {
  std::string title;
  std::string link;
};

/// One way to use a block memory: words × bits of a word, which are written in lanes of so many
/// bits.
struct MemoryShape {
  std::int64_t words = 0;
  std::int64_t bits = 0;
  std::int64_t lane = 0;
  bool operator==(const MemoryShape&) const = default;
};

/// Block memories side by side and on top of each other.
struct MemoryStack {
  std::int64_t blocks = 0;  ///< in all
  std::int64_t deep = 1;    ///< on top of each other: what is read goes through a multiplexer
  bool operator==(const MemoryStack&) const = default;
};

/// The price of choosing a bit between two memories on top of each other, where a bit in a register
/// is 1 [Yosys 0.23, memory_libmap].
inline constexpr double kMultiplexerPrice = 0.5;

/// FPGAs of one architecture.
struct Family {
  std::string name;   ///< "ice40", "ecp5", "xc7", "gowin"
  std::string title;  ///< "Lattice iCE40"
  std::int64_t lut_inputs = 4;
  std::string area_unit;  ///< what area is counted in: "LC" on iCE40, else "LUT4", "LUT6"
  std::string bram_kind;  ///< "EBR 4 kb", "BRAM18", ...
  std::int64_t bram_bits = 0;
  std::vector<MemoryShape> bram_shapes;
  std::int64_t bram_price = 0;  ///< to the tool, where a bit in a register is 1 [Yosys 0.23]
  /// Comparisons are smallest as the sign of a sum; else left to the tool.
  bool compares_by_adding = true;
  DataSource structure_source;

  /// What the tool takes for `words` of `bits`, the cheapest by its own prices: bram_price, and
  /// kMultiplexerPrice for each bit that one more memory on top of the others adds. The levels of a
  /// stack share memories where lanes of a shape are left over [Yosys 0.23, memory_libmap].
  [[nodiscard]] MemoryStack stackFor(std::int64_t words, std::int64_t bits) const;
  /// The same where nothing is ever written: then any bit may stand in any column.
  [[nodiscard]] MemoryStack constantStackFor(std::int64_t words, std::int64_t bits) const;
};

/// One device; totals are those of the vendor's document, in the units of ResourceVector.
struct Device {
  std::string name;  ///< "ice40up5k"
  std::string part;  ///< "iCE40UP5K-SG48"
  const Family* family = nullptr;
  ResourceVector totals;
  /// Options of nextpnr-FAMILY that name it and its package; empty: none are known here.
  std::string nextpnr_options;
  std::optional<DelayFigures> delays;  ///< none: they are fitted to measured clocks
  std::string clocks_of;               ///< the device that these were measured on; may be another
  DataSource totals_source;
  DataSource clock_source;  ///< of the delays, or why another device's clocks count
};

/// Every family and device of resources/devices; read once, lives as long as the program.
[[nodiscard]] const std::vector<Family>& families();
[[nodiscard]] const std::vector<Device>& devices();

/// The device of a name, or the one on the board of that name; capitals count as small letters.
/// Errors: kUnknownDevice with the nearest name and the list.
[[nodiscard]] Result<const Device*> findDevice(std::string_view name);

}  // namespace a2q
