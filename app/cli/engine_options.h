// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/cli/command.h"
#include "core/integer/integer_engine.h"
#include "core/integer/integer_network.h"

namespace a2q::cli {

/// --engine, --accumulator and --overflow.
[[nodiscard]] std::vector<Option> engineOptions();

[[nodiscard]] bool asksForAccumulators(const Arguments& arguments);

/// The accumulators as asked for; wrap-around unless --overflow says otherwise.
[[nodiscard]] AccumulatorMode accumulatorModeOf(const Arguments& arguments);

/// "that wrap around at 12 bits".
[[nodiscard]] std::string accumulatorText(const AccumulatorMode& mode);

/// The engine that was asked for, on a network that outlives it. Accumulators of P bits are the
/// reference engine's alone. Errors: kUsage.
[[nodiscard]] Result<std::unique_ptr<IntegerEngine>> makeEngine(const Arguments& arguments,
                                                                const IntegerNetwork& network,
                                                                int threads);

}  // namespace a2q::cli
