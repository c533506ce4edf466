// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/rtl/pin_harness.h"

#include <fmt/format.h>

namespace a2q {
namespace {

/// The ports of one direction as slices of one vector.
struct Slices {
  std::int64_t width = 0;
  std::string connections;

  void add(const VerilogPort& port, char vector) {
    connections +=
        fmt::format(",\n      .{}({}[{}:{}])", port.name, vector, width + port.width - 1, width);
    width += port.width;
  }
};

}  // namespace

RtlFiles behindPins(RtlFiles design) {
  Slices in;
  Slices out;
  for (const VerilogPort& port : design.ports) {
    if (port.name == "clk") continue;
    if (port.direction == VerilogPort::Direction::kIn) {
      in.add(port, 'i');
    } else {
      out.add(port, 'o');
    }
  }
  const std::string text = fmt::format(
      "// Made by A2Q Workbench.\n"
      "module harness (\n"
      "    input wire clk,\n    input wire feed,\n    input wire grab,\n    output wire "
      "look\n);\n\n"
      "  reg [{in}:0] i;\n  wire [{out}:0] o;\n  reg [{out}:0] seen;\n  reg load;\n"
      "  always @(posedge clk) begin\n"
      "    i <= {{i, feed}};\n    load <= grab;\n    seen <= load ? o : seen << 1;\n"
      "  end\n"
      "  assign look = seen[{out}];\n\n"
      "  {top} design (\n      .clk(clk){ports}\n  );\n\nendmodule\n",
      fmt::arg("in", in.width - 1), fmt::arg("out", out.width - 1), fmt::arg("top", design.top),
      fmt::arg("ports", in.connections + out.connections));
  design.top = "harness";
  design.files.emplace("harness.v", text);
  design.ports = {{"clk", VerilogPort::Direction::kIn, 1},
                  {"feed", VerilogPort::Direction::kIn, 1},
                  {"grab", VerilogPort::Direction::kIn, 1},
                  {"look", VerilogPort::Direction::kOut, 1}};
  return design;
}

}  // namespace a2q
