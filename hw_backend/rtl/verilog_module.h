// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hw_backend/rtl/bit_packer.h"

namespace a2q {

/// A stream port of a module: what its nets' names begin with, and the bits of a beat.
struct StreamPort {
  std::string name;
  std::int64_t width = 1;
};

/// An instance of a module: literal parameters and the nets of its ports.
class VerilogInstance {
 public:
  VerilogInstance(std::string module, std::string name);

  VerilogInstance& parameter(std::string_view name, std::int64_t value);
  VerilogInstance& parameter(std::string_view name, std::string_view text);
  VerilogInstance& port(std::string_view name, std::string_view net);
  /// The clock, and the reset.
  VerilogInstance& clocked();
  /// PORT_valid, PORT_ready and PORT_data to NET_valid, NET_ready and NET_data.
  VerilogInstance& stream(std::string_view port, std::string_view net);

  [[nodiscard]] std::string text() const;

 private:
  std::string module_;
  std::string name_;
  std::vector<std::pair<std::string, std::string>> parameters_;
  std::vector<std::pair<std::string, std::string>> ports_;
};

/// A module that only connects: ports, wires, constants and instances. It always has the ports
/// `clk` and `rst` (synchronous, active high).
class VerilogModule {
 public:
  explicit VerilogModule(std::string name);

  void output(std::string_view name, std::int64_t width);
  /// Ports of a stream: valid and data in its direction, ready against it.
  void inputStream(std::string_view name, std::int64_t width);
  void outputStream(std::string_view name, std::int64_t width);
  void wire(std::string_view name, std::int64_t width);
  /// A wire that a port needs and nobody reads.
  void unusedWire(std::string_view name, std::int64_t width);
  void wireStream(std::string_view name, std::int64_t width);
  /// A wire that always has this value.
  void constant(std::string_view name, const BitPacker& word);
  void assign(std::string_view net, std::string_view value);
  void add(const VerilogInstance& instance);

  /// The stream ports, in the order in which they were added.
  [[nodiscard]] const std::vector<StreamPort>& inputs() const { return inputs_; }
  [[nodiscard]] const std::vector<StreamPort>& outputs() const { return outputs_; }
  [[nodiscard]] std::string text() const;

 private:
  void addPort(std::string_view direction, std::string_view name, std::int64_t width);

  std::string name_;
  std::vector<StreamPort> inputs_;
  std::vector<StreamPort> outputs_;
  std::string ports_;
  std::string body_;
};

}  // namespace a2q
