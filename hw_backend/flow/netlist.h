// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace a2q {

/// A net of one bit: its number, or below zero a constant (all constants of a value are one net).
using NetBit = std::int64_t;

/// A cell of a flat netlist: its type and, port by port, its nets.
struct NetlistCell {
  std::string type;
  std::map<std::string, std::vector<NetBit>> ports;

  /// The net of a port of one bit; a constant when the port is open.
  [[nodiscard]] NetBit bit(const std::string& port) const;
};

/// The cells of module `top` in the JSON that Yosys writes, and the nets of its ports. Errors:
/// kFileFormat.
struct Netlist {
  std::vector<NetlistCell> cells;
  std::vector<NetBit> port_bits;
};
[[nodiscard]] Result<Netlist> parseNetlist(std::string_view json, const std::string& top);

}  // namespace a2q
