// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/rtl/verilog_module.h"

#include <fmt/format.h>

namespace a2q {
namespace {

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
  const std::string parameters =
      parameters_.empty() ? "" : fmt::format("#(\n{}\n  ) ", list(parameters_));
  return fmt::format("\n  {} {}{} (\n{}\n  );\n", module_, parameters, name_, list(ports_));
}

VerilogModule::VerilogModule(std::string name) : name_(std::move(name)) {}

void VerilogModule::addPort(std::string_view direction, std::string_view name, std::int64_t width) {
  ports_ += fmt::format(",\n    {} wire {}", direction,
                        width == 1 ? std::string(name) : declared(name, width));
}

void VerilogModule::output(std::string_view name, std::int64_t width) {
  addPort("output", name, width);
}

void VerilogModule::inputStream(std::string_view name, std::int64_t width) {
  inputs_.push_back({std::string(name), width});
  addPort("input", fmt::format("{}_valid", name), 1);
  addPort("output", fmt::format("{}_ready", name), 1);
  ports_ += fmt::format(",\n    input wire {}", declared(fmt::format("{}_data", name), width));
}

void VerilogModule::outputStream(std::string_view name, std::int64_t width) {
  outputs_.push_back({std::string(name), width});
  addPort("output", fmt::format("{}_valid", name), 1);
  addPort("input", fmt::format("{}_ready", name), 1);
  ports_ += fmt::format(",\n    output wire {}", declared(fmt::format("{}_data", name), width));
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
  return fmt::format(
      "// Made by A2Q Workbench.\nmodule {} (\n    input wire clk,\n    input wire "
      "rst{}\n);\n\n{}\n"
      "endmodule\n",
      name_, ports_, body_);
}

}  // namespace a2q
