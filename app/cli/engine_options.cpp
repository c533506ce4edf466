// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/engine_options.h"

#include <fmt/format.h>

#include "core/integer/lowering.h"

namespace a2q::cli {

std::vector<Option> accumulatorOptions() {
  return {{.flags = "--accumulator",
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

Result<IntegerNetwork> lowered(Trainer& trainer, const Experiment& experiment,
                               const std::vector<NamedTensor>& parameters) {
  auto trained = trainer.integers(experiment, parameters);
  if (!trained) return forward(std::move(trained));
  return lowerToIntegers(*trained);
}

}  // namespace a2q::cli
