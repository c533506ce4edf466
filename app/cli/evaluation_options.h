// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>
#include <vector>

#include "app/cli/command.h"
#include "core/data/data_set.h"

namespace a2q::cli {

/// --run, --split, --samples, and the options of the engine and of computing: what eval and verify
/// have in common. `samples` tells what is taken without --samples.
[[nodiscard]] std::vector<Option> evaluationOptions(std::string_view samples);

/// The part of the data set that --split names.
[[nodiscard]] DataPart partOf(const Arguments& arguments);

}  // namespace a2q::cli
