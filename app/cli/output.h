// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>
#include <string_view>

#include "core/bounds/integer_format.h"

namespace a2q::cli {

/// Writes to standard output; a failure shows in std::ferror(stdout), which main() checks.
void printResult(std::string_view text);

/// Writes to standard error; where that cannot be done nobody is left to tell.
void printDiagnostic(std::string_view text) noexcept;

/// One JSON document with a line feed at its end.
void printJson(const nlohmann::ordered_json& document);

/// A number up to ±2^53, which every JSON reader keeps exactly, and decimal text beyond.
[[nodiscard]] nlohmann::ordered_json jsonInteger(Int128 value);

/// A finite number, else "inf", "-inf" or "nan": JSON has no words for them.
[[nodiscard]] nlohmann::ordered_json jsonNumber(double value);

}  // namespace a2q::cli
