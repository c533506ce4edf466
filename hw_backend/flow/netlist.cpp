// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/flow/netlist.h"

#include <nlohmann/json.hpp>

namespace a2q {
namespace {

constexpr NetBit kZero = -1;

/// A number, or one of "0", "1", "x", "z".
NetBit netOf(const nlohmann::json& bit) {
  if (bit.is_number_integer()) return bit.get<NetBit>();
  return bit.get<std::string>() == "1" ? -2 : kZero;
}

}  // namespace

NetBit NetlistCell::bit(const std::string& port) const {
  const auto found = ports.find(port);
  return found == ports.end() || found->second.empty() ? kZero : found->second.front();
}

Result<Netlist> parseNetlist(std::string_view json, const std::string& top) {
  try {
    const auto module = nlohmann::json::parse(json).at("modules").at(top);
    Netlist netlist;
    for (const auto& cell : module.at("cells")) {
      NetlistCell& taken = netlist.cells.emplace_back();
      taken.type = cell.at("type").get<std::string>();
      for (const auto& [port, bits] : cell.at("connections").items())
        for (const auto& bit : bits) taken.ports[port].push_back(netOf(bit));
    }
    for (const auto& port : module.at("ports"))
      for (const auto& bit : port.at("bits")) netlist.port_bits.push_back(netOf(bit));
    return netlist;
  } catch (const nlohmann::json::exception& error) {
    return fail(ErrorCode::kFileFormat, "Yosys's netlist cannot be read", error.what());
  }
}

}  // namespace a2q
