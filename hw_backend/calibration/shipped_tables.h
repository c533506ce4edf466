// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string_view>

namespace a2q {

/// A file of resources/calibration, which is part of the program.
struct ShippedTable {
  std::string_view family;
  std::string_view text;
};
[[nodiscard]] std::span<const ShippedTable> shippedTables();

}  // namespace a2q
