// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string_view>

namespace a2q {

/// A file of resources/calibration/clocks, which is part of the program.
struct ShippedClocks {
  std::string_view device;
  std::string_view text;
};
[[nodiscard]] std::span<const ShippedClocks> shippedClocks();

}  // namespace a2q
