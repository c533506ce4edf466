// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "app/cli/command.h"
#include "core/integer/integer_engine.h"
#include "core/integer/integer_network.h"
#include "core/training/trainer.h"

namespace a2q::cli {

/// --accumulator and --overflow: the accumulators of an integer engine.
[[nodiscard]] std::vector<Option> accumulatorOptions();

[[nodiscard]] bool asksForAccumulators(const Arguments& arguments);

/// The accumulators as asked for; wrap-around unless --overflow says otherwise.
[[nodiscard]] AccumulatorMode accumulatorModeOf(const Arguments& arguments);

/// "that wrap around at 12 bits".
[[nodiscard]] std::string accumulatorText(const AccumulatorMode& mode);

/// The integers of a trained file. Errors: those of Trainer::integers() and lowerToIntegers().
[[nodiscard]] Result<IntegerNetwork> lowered(Trainer& trainer, const Experiment& experiment,
                                             const std::vector<NamedTensor>& parameters);

}  // namespace a2q::cli
