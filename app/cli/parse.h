// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/cli/command.h"

namespace a2q::cli {

/// The values of the words after the command's name, checked against its table; --help shows as
/// has("help") and then nothing else is checked. Errors: kUsage with what was expected.
[[nodiscard]] Result<Arguments> parseArguments(const Command& command,
                                               std::vector<std::string> words);

/// "did you mean 'bounds'?", or empty when no candidate is near.
[[nodiscard]] std::string didYouMean(std::string_view word,
                                     const std::vector<std::string_view>& candidates);

}  // namespace a2q::cli
