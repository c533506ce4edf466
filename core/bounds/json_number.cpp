// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bounds/json_number.h"

#include <cmath>

#include "core/bounds/accumulator_bounds.h"

namespace a2q {

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

}  // namespace a2q
