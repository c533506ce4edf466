// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/cli/command.h"

namespace a2q::cli {

/// What `a2q --help` prints.
[[nodiscard]] std::string programHelp(const std::vector<Command>& commands);

/// What `a2q <command> --help` prints.
[[nodiscard]] std::string commandHelp(const Command& command);

/// `text` broken at blanks for 80 columns; lines after the first start with `indent` blanks.
[[nodiscard]] std::string wrap(std::string_view text, std::size_t indent);

/// "a2q bounds --k K --weights M [options]".
[[nodiscard]] std::string synopsis(const Command& command);

/// "-o, --output FILE".
[[nodiscard]] std::string heading(const Option& option);

/// What the help says of limits, choices, defaults and repetition, "" or "(default: 3)".
[[nodiscard]] std::string remarks(const Option& option);

/// "PROJECT" or "FILE...", in brackets when it may be left out.
[[nodiscard]] std::string placeholder(const Positional& positional);

}  // namespace a2q::cli
