// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <optional>

#include "core/bounds/integer_format.h"

namespace a2q::views {

/// "1 790" with narrow no-break spaces and a true minus sign.
[[nodiscard]] QString grouped(Int128 value);

/// "87.4 %" of a share 0..1.
[[nodiscard]] QString percentText(double share);
[[nodiscard]] QString percentText(const std::optional<double>& share);

/// "+1.20 bit"; "∞" when nothing of an accumulator is used, a dash when there is no target.
[[nodiscard]] QString bitsText(const std::optional<double>& bits);

/// "12 s", "3:05 min", "1:02 h".
[[nodiscard]] QString durationText(double seconds);

}  // namespace a2q::views
