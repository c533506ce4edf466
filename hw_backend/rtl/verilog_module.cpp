// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/rtl/verilog_module.h"

#include <fmt/format.h>

namespace a2q {
namespace {

using Direction = VerilogPort::Direction;

/// "[7:0] name"
std::string declared(std::string_view name, std::int64_t width) {
  return fmt::format("[{}:0] {}", width - 1, name);
}

std::string list(const std::vector<std::pair<std::string, std::string>>& entries) {
  std::string text;
  for (const auto& [name, value] : entries)
    text += fmt::format("{}      .{}({})", text.empty() ? "" : ",\n", name, value);
  return text;
}

}  // namespace

VerilogInstance::VerilogInstance(std::string module, std::string name)
    : module_(std::move(module)), name_(std::move(name)) {}

VerilogInstance& VerilogInstance::parameter(std::string_view name, std::int64_t value) {
  parameters_.emplace_back(name, fmt::to_string(value));
  return *this;
}

VerilogInstance& VerilogInstance::parameter(std::string_view name, std::string_view text) {
  parameters_.emplace_back(name, fmt::format("\"{}\"", text));
  return *this;
}

VerilogInstance& VerilogInstance::port(std::string_view name, std::string_view net) {
  ports_.emplace_back(name, net);
  return *this;
}

VerilogInstance& VerilogInstance::clocked() { return port("clk", "clk").port("rst", "rst"); }

VerilogInstance& VerilogInstance::stream(std::string_view port_prefix, std::string_view net) {
  for (const std::string_view part : {"valid", "ready", "data"})
    port(fmt::format("{}_{}", port_prefix, part), fmt::format("{}_{}", net, part));
  return *this;
}

std::string VerilogInstance::text() const {
  return fmt::format("\n  {} #(\n{}\n  ) {} (\n{}\n  );\n", module_, list(parameters_), name_,
                     list(ports_));
}

VerilogModule::VerilogModule(std::string name)
    : name_(std::move(name)), ports_{{"clk", Direction::kIn, 1}, {"rst", Direction::kIn, 1}} {}

void VerilogModule::output(std::string_view name, std::int64_t width) {
  ports_.push_back({std::string(name), Direction::kOut, width});
}

void VerilogModule::addStream(std::string_view name, std::int64_t width, Direction forth,
                              Direction back) {
  ports_.push_back({fmt::format("{}_valid", name), forth, 1});
  ports_.push_back({fmt::format("{}_ready", name), back, 1});
  ports_.push_back({fmt::format("{}_data", name), forth, width});
}

void VerilogModule::inputStream(std::string_view name, std::int64_t width) {
  addStream(name, width, Direction::kIn, Direction::kOut);
}

void VerilogModule::outputStream(std::string_view name, std::int64_t width) {
  addStream(name, width, Direction::kOut, Direction::kIn);
}

void VerilogModule::wire(std::string_view name, std::int64_t width) {
  body_ += fmt::format("  wire {};\n", declared(name, width));
}

void VerilogModule::unusedWire(std::string_view name, std::int64_t width) {
  body_ += "  // verilator lint_off UNUSED\n";
  wire(name, width);
  body_ += "  // verilator lint_on UNUSED\n";
}

void VerilogModule::wireStream(std::string_view name, std::int64_t width) {
  wire(fmt::format("{}_valid", name), 1);
  wire(fmt::format("{}_ready", name), 1);
  wire(fmt::format("{}_data", name), width);
}

void VerilogModule::constant(std::string_view name, const BitPacker& word) {
  body_ +=
      fmt::format("  wire {} = {}'h{};\n", declared(name, word.width()), word.width(), word.hex());
}

void VerilogModule::assign(std::string_view net, std::string_view value) {
  body_ += fmt::format("  assign {} = {};\n", net, value);
}

void VerilogModule::add(const VerilogInstance& instance) { body_ += instance.text(); }

std::string VerilogModule::text() const {
  std::string ports;
  for (const VerilogPort& port : ports_) {
    ports += fmt::format("{}    {} wire {}", ports.empty() ? "" : ",\n",
                         port.direction == Direction::kIn ? "input" : "output",
                         port.width == 1 ? port.name : declared(port.name, port.width));
  }
  return fmt::format("// Made by A2Q Workbench.\nmodule {} (\n{}\n);\n\n{}\nendmodule\n", name_,
                     ports, body_);
}

}  // namespace a2q
