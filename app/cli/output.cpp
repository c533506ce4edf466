// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/output.h"

#include <cmath>
#include <cstdio>

#include "core/bounds/accumulator_bounds.h"

namespace a2q::cli {

void printResult(std::string_view text) { std::fwrite(text.data(), 1, text.size(), stdout); }

void printDiagnostic(std::string_view text) noexcept {
  std::fwrite(text.data(), 1, text.size(), stderr);
  std::fflush(stderr);
}

void printJson(const nlohmann::ordered_json& document) {
  using Json = nlohmann::ordered_json;
  printResult(document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
}

nlohmann::ordered_json jsonInteger(Int128 value) {
  constexpr Int128 kExact = Int128{1} << 53;
  if (-kExact <= value && value <= kExact) return static_cast<std::int64_t>(value);
  return toString(value);
}

nlohmann::ordered_json jsonNumber(double value) {
  if (std::isfinite(value)) return value;
  if (std::isnan(value)) return "nan";
  return value > 0 ? "inf" : "-inf";
}

}  // namespace a2q::cli
