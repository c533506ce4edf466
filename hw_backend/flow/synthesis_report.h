// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace a2q {

/// What synthesis made of a design. Measured, before placement.
///
/// | family | lut | bram | dsp | carry |
/// |---|---|---|---|---|
/// | ice40 | SB_LUT4 | SB_RAM40_4K | SB_MAC16 | SB_CARRY |
/// | ecp5 | LUT4, 2 a CCU2C, 6 a TRELLIS_DPR16X4 | DP16KD, PDPW16KD | MULT18X18D | CCU2C |
/// | xc7 | LUT1–6, INV, SRL, LUT RAM (4 a RAM32M) | RAMB18E1, 2 a RAMB36E1 | DSP48E1 | CARRY4 |
/// | gowin | LUT1–4, ALU, 6 a RAM16 | every block RAM and ROM | MULT* | ALU |
///
/// Multiplexers of the slices (MUXF7, PFUMX, MUX2_LUT5, ...) are no LUTs: they stand in `cells`.
struct SynthesisReport {
  std::string family;
  std::map<std::string, std::int64_t> cells;  ///< type → number of them
  std::int64_t lut = 0;
  std::int64_t ff = 0;
  std::int64_t bram = 0;
  std::int64_t dsp = 0;
  std::int64_t carry = 0;
  /// ice40: logic cells as packed, see ice40LogicCells(); other families: as `lut`.
  std::int64_t logic_cells = 0;
  std::string tool_version;
  double seconds = 0;  ///< that the synthesis took, when it was made

  bool operator==(const SynthesisReport&) const = default;
};

/// As JSON, and back. Errors: kFileFormat.
[[nodiscard]] std::string toJson(const SynthesisReport& report);
[[nodiscard]] Result<SynthesisReport> synthesisReportFromJson(std::string_view json);

}  // namespace a2q
