// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/rtl/pin_harness.h"

#include <fmt/format.h>

namespace a2q {
namespace {

/// Ports of one direction as slices of one vector.
struct Slices {
  char vector = 'i';
  std::int64_t width = 0;
  std::string connections = {};

  void add(const std::string& port, std::int64_t bits) {
    connections += fmt::format(",\n      .{}({}[{}:{}])", port, vector, width + bits - 1, width);
    width += bits;
  }
  /// What goes with a stream.
  void addStream(const StreamPort& stream) {
    add(stream.name + "_valid", 1);
    add(stream.name + "_data", stream.width);
  }
};

}  // namespace

RtlFiles behindPins(RtlFiles design) {
  Slices in{'i'};
  Slices out{'o'};
  in.add("rst", 1);
  for (const StreamPort& stream : design.inputs) {
    in.addStream(stream);
    out.add(stream.name + "_ready", 1);
  }
  for (const StreamPort& stream : design.outputs) {
    out.addStream(stream);
    in.add(stream.name + "_ready", 1);
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
  design.inputs.clear();
  design.outputs.clear();
  return design;
}

}  // namespace a2q
