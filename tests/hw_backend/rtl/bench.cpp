// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/hw_backend/rtl/bench.h"

#include <fmt/format.h>

#include <sstream>

#include "hw_backend/rtl/bit_packer.h"
#include "hw_backend/rtl/rtl_library.h"

namespace a2q::rtl_test {
namespace {

constexpr std::size_t kSeedsOfAUnit = 16;

std::string beatsText(const StreamValues& stream) {
  std::string text;
  for (std::size_t first = 0; first < stream.values.size();
       first += static_cast<std::size_t>(stream.lanes)) {
    BitPacker beat;
    for (std::size_t lane = 0; lane < static_cast<std::size_t>(stream.lanes); ++lane)
      beat.add(stream.values[first + lane], stream.bits);
    text += beat.hex() + "\n";
  }
  return text;
}

/// The parameters that a source and a sink have in common.
std::string endText(const StreamValues& stream, std::size_t seed) {
  return fmt::format(".WIDTH({}), .COUNT({}), .SEED({})", stream.lanes * stream.bits,
                     stream.beats(), 40503 * (seed + 1) % 65535 + 1);
}

std::string connections(const std::string& net) {
  return fmt::format(
      ".clk(clk), .rst(rst), .stall(stall), .valid({0}_valid), .ready({0}_ready), .data({0}_data)",
      net);
}

std::string wires(const StreamValues& stream, const std::string& net) {
  return fmt::format("  wire {0}_valid, {0}_ready;\n  wire [{1}:0] {0}_data;\n", net,
                     stream.lanes * stream.bits - 1);
}

std::string portText(const StreamValues& stream, const std::string& net) {
  return fmt::format(", .{0}_valid({1}_valid), .{0}_ready({1}_ready), .{0}_data({1}_data)",
                     stream.port, net);
}

std::string skidText(const StreamValues& stream, const std::string& from, const std::string& to) {
  return fmt::format(
      "  a2q_skid #(.WIDTH({0})) {2}_skid (.clk(clk), .rst(rst), .in_valid({1}_valid),\n"
      "      .in_ready({1}_ready), .in_data({1}_data), .out_valid({2}_valid),\n"
      "      .out_ready({2}_ready), .out_data({2}_data));\n",
      stream.lanes * stream.bits, from, to);
}

/// Everything around one unit; the nets of its sinks that say they are done are added to `done`.
std::string unitText(const BenchUnit& which, std::size_t seed, std::string& done) {
  std::string text = fmt::format("  wire {}_overflow;\n", which.name);
  std::string ports;
  for (const StreamValues& stream : which.inputs) {
    const std::string net = which.name + "_i_" + stream.port;
    const std::string source = which.buffered ? net + "_before" : net;
    text += wires(stream, net);
    if (which.buffered) text += wires(stream, source) + skidText(stream, source, net);
    text += fmt::format(
        "  bench_source #({}, .NAME(\"{}.{}\"), .FILE(\"{}.mem\")) {}_source ({});\n",
        endText(stream, seed += 2), which.name, stream.port, net, net, connections(source));
    ports += portText(stream, net);
  }
  for (const StreamValues& stream : which.outputs) {
    const std::string net = which.name + "_o_" + stream.port;
    text += wires(stream, net) + fmt::format("  wire {}_done;\n", net);
    text += fmt::format(
        "  bench_sink #({}, .NAME(\"{}.{}\")) {}_sink ({}, .flag({}_overflow), .done({}_done));\n",
        endText(stream, seed += 2), which.name, stream.port, net, connections(net), which.name,
        net);
    ports += portText(stream, net);
    done += fmt::format(" && {}_done", net);
  }
  if (which.monitored)
    ports += fmt::format(", .overflow({}_overflow)", which.name);
  else
    text += fmt::format("  assign {}_overflow = 1'b0;\n", which.name);
  return text + fmt::format("  {} {}_unit (.clk(clk), .rst(rst){});\n\n", which.rtl.top, which.name,
                            ports);
}

}  // namespace

Result<BenchUnit> unitOf(const BenchCase& which) {
  auto made = generateBlock(which.block, which.constants,
                            {.name = which.name,
                             .monitor = OverflowMonitor::kOn,
                             .proof = which.proof,
                             .comparators = which.comparators});
  if (!made) return forward(std::move(made));
  const bool monitored = std::holds_alternative<MvauBlock>(which.block) ||
                         std::holds_alternative<DepthwiseBlock>(which.block);
  return BenchUnit{.name = which.name,
                   .rtl = std::move(*made),
                   .monitored = monitored,
                   .inputs = which.inputs,
                   .outputs = which.outputs};
}

std::map<std::string, std::string> benchFiles(const std::vector<BenchUnit>& units) {
  std::map<std::string, std::string> files;
  std::string body;
  std::string done = "1'b1";
  for (std::size_t i = 0; i < units.size(); ++i) {
    const BenchUnit& which = units[i];
    files.insert(which.rtl.files.begin(), which.rtl.files.end());
    for (const StreamValues& stream : which.inputs)
      files.emplace(which.name + "_i_" + stream.port + ".mem", beatsText(stream));
    body += unitText(which, i * kSeedsOfAUnit, done);
  }
  addLibraryModules(body, files);
  files.emplace("bench.v",
                "module bench (input wire clk, input wire rst, input wire [1:0] stall,\n"
                "              output wire done);\n" +
                    body + "  assign done = " + done + ";\nendmodule\n");
  return files;
}

BenchOutcome readOutcome(const std::vector<BenchUnit>& units, const std::string& text) {
  std::map<std::string, const StreamValues*> streams;
  for (const BenchUnit& which : units)
    for (const StreamValues& stream : which.outputs)
      streams.emplace(which.name + "." + stream.port, &stream);
  BenchOutcome outcome;
  std::istringstream lines(text);
  std::string name;
  std::string what;
  while (lines >> name >> what) {
    PortOutcome& port = outcome[name];
    if (what == "broken") {
      port.broken = true;
      continue;
    }
    std::string data;
    lines >> data;
    if (what == "taken") {
      port.cycles.push_back(std::stoll(data));
      continue;
    }
    if (what == "flag") {
      port.overflow = data == "1";
      continue;
    }
    const auto stream = streams.find(name);
    if (stream == streams.end()) continue;
    port.cycles.push_back(std::stoll(what));
    for (std::int64_t lane = 0; lane < stream->second->lanes; ++lane)
      port.values.push_back(unpackBits(data, lane * stream->second->bits, stream->second->bits,
                                       stream->second->is_signed));
  }
  return outcome;
}

}  // namespace a2q::rtl_test
