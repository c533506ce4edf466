// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "hw_backend/design/block.h"
#include "hw_backend/rtl/verilog_module.h"

namespace a2q {

/// What a block multiplies with and compares with; empty where it does neither.
struct BlockConstants {
  /// MH × MW, or channels × taps; each row in the order in which its inputs come: after a sliding
  /// window [kh][kw][channel].
  std::vector<std::int32_t> weights;
  /// channels × levels thresholds T as in `Thresholds` of an IntegerNetwork: reached when a ≥ T.
  std::vector<std::int64_t> thresholds;
  bool operator==(const BlockConstants&) const = default;
};

/// Whether the accumulators are watched by wider ones, whose verdict is the output `overflow`.
enum class OverflowMonitor { kOff, kOn };

/// Who shows that no input overflows P bits: generateBlock(), for all the codes of the input's
/// format, or somebody else (a certificate about the codes that really occur).
enum class OverflowProof { kHere, kElsewhere };

/// How an accumulator is compared with a threshold: by the sign of a sum, one carry a bit, or in
/// look-up tables, as tools do that put two bits in one.
enum class Comparators { kAdders, kTables };

struct RtlOptions {
  std::string name = "block";  ///< of the top module, and what its files begin with
  OverflowMonitor monitor = OverflowMonitor::kOff;
  OverflowProof proof = OverflowProof::kHere;
  Comparators comparators = Comparators::kAdders;
};

/// Verilog text: a top module NAME, the library modules it needs, and its constants; file name →
/// content. The constants are found in the folder in which the tool that reads them runs.
struct RtlFiles {
  std::string top;
  std::map<std::string, std::string> files;
  std::vector<StreamPort> inputs = {};   ///< of the top module
  std::vector<StreamPort> outputs = {};  ///< likewise
};

/// The files of one block. Ports: clk, rst (synchronous, active high), and the streams in_* and
/// out_* (valid, ready, data); an adder takes left_* and right_*, a fork gives them; `overflow`
/// where a monitor is asked for. Values are packed lane 0 in the low bits. Errors: kSpecValue where
/// the block makes no sense or the constants do not fit it; kOverflowPossible; kModuleName.
[[nodiscard]] Result<RtlFiles> generateBlock(const Block& block, const BlockConstants& constants,
                                             const RtlOptions& options = {});

}  // namespace a2q
