// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/engine_options.h"

#include <fmt/format.h>

#include "core/integer/fast/fast_engine.h"

namespace a2q::cli {

std::vector<Option> engineOptions() {
  return {{.flags = "--engine",
           .kind = ValueKind::kText,
           .value = "ENGINE",
           .help = "Vector kernels, or plain 64-bit integers one product after the other (default: "
                   "fast; reference with --accumulator or --overflow)",
           .choices = {"fast", "reference"}},
          {.flags = "--accumulator",
           .kind = ValueKind::kInteger,
           .value = "P",
           .help = "Integers with accumulators of P bits in the layers that have a target",
           .lowest = 2,
           .highest = 62},
          {.flags = "--overflow",
           .kind = ValueKind::kText,
           .value = "KIND",
           .help = "What a too narrow accumulator does, in integers (default: wrap)",
           .choices = {"exact", "wrap", "saturate"}}};
}

bool asksForAccumulators(const Arguments& arguments) {
  return arguments.has("overflow") || arguments.has("accumulator");
}

AccumulatorMode accumulatorModeOf(const Arguments& arguments) {
  AccumulatorMode mode;
  if (asksForAccumulators(arguments)) {
    const std::string kind = arguments.text("overflow").value_or("wrap");
    mode.overflow = kind == "saturate" ? Overflow::kSaturate
                    : kind == "exact"  ? Overflow::kExact
                                       : Overflow::kWrap;
  }
  if (const auto bits = arguments.integer("accumulator")) {
    mode.width = BitWidth{static_cast<int>(*bits)};
  }
  return mode;
}

std::string accumulatorText(const AccumulatorMode& mode) {
  const std::string width =
      mode.width ? fmt::format("{} bits", mode.width->bits) : "their target P";
  switch (mode.overflow) {
    case Overflow::kWrap: return "that wrap around at " + width;
    case Overflow::kSaturate: return "that saturate at " + width;
    case Overflow::kExact: break;
  }
  return "as wide as need be, counted against " + width;
}

Result<std::unique_ptr<IntegerEngine>> makeEngine(const Arguments& arguments,
                                                  const IntegerNetwork& network, int threads) {
  const bool accumulators = asksForAccumulators(arguments);
  const std::string engine = arguments.text("engine").value_or(accumulators ? "reference" : "fast");
  if (engine == "reference") {
    return std::make_unique<ReferenceEngine>(network, accumulatorModeOf(arguments), threads);
  }
  if (accumulators) {
    return fail(ErrorCode::kUsage, "the fast engine has no accumulators of P bits",
                "--accumulator and --overflow follow every product",
                "Leave --engine out, or use --engine reference.");
  }
  return std::make_unique<FastEngine>(network, FastOptions{.threads = threads});
}

}  // namespace a2q::cli
