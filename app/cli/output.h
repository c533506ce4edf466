// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>
#include <string_view>

#include "core/bounds/json_number.h"

namespace a2q::cli {

/// Writes to standard output; a failure shows in std::ferror(stdout), which main() checks.
void printResult(std::string_view text);

/// Writes to standard error; where that cannot be done nobody is left to tell.
void printDiagnostic(std::string_view text) noexcept;

/// One JSON document with a line feed at its end.
void printJson(const nlohmann::ordered_json& document);

}  // namespace a2q::cli
