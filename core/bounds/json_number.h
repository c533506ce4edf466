// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>

#include "core/bounds/integer_format.h"

namespace a2q {

/// A number up to ±2^53, which every JSON reader keeps exactly, and decimal text beyond.
[[nodiscard]] nlohmann::ordered_json jsonInteger(Int128 value);

/// A finite number, else "inf", "-inf" or "nan": JSON has no words for them.
[[nodiscard]] nlohmann::ordered_json jsonNumber(double value);

}  // namespace a2q
