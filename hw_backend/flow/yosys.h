// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <stop_token>
#include <string>

#include "hw_backend/flow/synthesis_report.h"

namespace a2q {

/// What multiplies: look-up tables, or the family's multipliers where Yosys finds them fit (it does
/// for ecp5 and xc7; for products as small as this program's it is rarely worth one).
enum class Multipliers { kLogic, kDsp };

/// A design to be synthesised: file name → text (Verilog *.v, constants *.mem), the top module, and
/// the family: "ice40", "ecp5", "xc7" or "gowin".
struct SynthesisJob {
  std::map<std::string, std::string> files;
  std::string top;
  std::string family;
  Multipliers multipliers = Multipliers::kLogic;
};

/// Synthesises with Yosys, without pads, all flat; a job that was done before, with the same
/// version of Yosys, is answered from the cache. None: it was stopped. Errors: kUsage (family),
/// kToolMissing, kToolFailed, kWriteFailed.
[[nodiscard]] Result<std::optional<SynthesisReport>> synthesise(const SynthesisJob& job,
                                                                std::stop_token stop = {});

/// A netlist as the JSON that Yosys writes, and how many seconds it took.
struct SynthesisNetlist {
  std::string json;
  double seconds = 0;
  std::string tail;  ///< the last lines of Yosys
};

/// The same, but gives the netlist, for the tools that come after; always runs. None: it was
/// stopped. Errors: as above.
[[nodiscard]] Result<std::optional<SynthesisNetlist>> synthesiseNetlist(const SynthesisJob& job,
                                                                        std::stop_token stop = {});

/// Where it is. Errors: kToolMissing.
[[nodiscard]] Result<std::filesystem::path> findYosys();

/// "Yosys 0.23 (git sha1 ...)". None: it was stopped. Errors: kToolMissing, kToolFailed.
[[nodiscard]] Result<std::optional<std::string>> yosysVersion(const std::stop_token& stop = {});

}  // namespace a2q
