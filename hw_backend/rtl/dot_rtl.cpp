// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/rtl/dot_shape.h"
#include "hw_backend/rtl/rtl_builder.h"

namespace a2q {
namespace {

/// Ports, weights and parameters that both units have, and the thresholds behind the unit.
void addUnit(VerilogInstance unit, const DotShape& dot, std::int64_t input_lanes,
             const std::optional<ThresholdBlock>& thresholds, const BlockConstants& constants,
             RtlBuilder& to) {
  const std::int64_t sums = dot.pe * dot.accumulator.bits;
  const bool watched = to.options.monitor == OverflowMonitor::kOn;
  to.top.inputStream("in", input_lanes * dot.input.width.bits);
  to.top.outputStream("out", thresholds ? dot.pe * thresholds->output.width.bits : sums);
  if (watched)
    to.top.output("overflow", 1);
  else
    to.top.unusedWire("overflow", 1);
  if (thresholds) to.top.wireStream("sums", sums);
  to.addConstants("weight", weightWords(dot, constants.weights), dot.memory);
  unit.parameter("PE", dot.pe)
      .parameter("W", dot.weights.bits)
      .parameter("A", dot.input.width.bits)
      .parameter("A_SIGNED", dot.input.isSigned() ? 1 : 0)
      .parameter("P", dot.accumulator.bits)
      .parameter("MONITOR", watched ? 1 : 0)
      .clocked()
      .stream("in", "in")
      .port("weight_enable", "weight_enable")
      .port("weight_address", "weight_address")
      .port("weight_data", "weight_data")
      .stream("out", thresholds ? "sums" : "out")
      .port("overflow", "overflow");
  to.top.add(unit);
  if (thresholds) addThresholds(*thresholds, constants, "sums", "out", to);
}

}  // namespace

void build(const MvauBlock& block, const BlockConstants& constants, RtlBuilder& to) {
  VerilogInstance unit("a2q_mvau", "unit");
  const DotShape dot = dotShape(block);
  unit.parameter("MW", block.mw).parameter("MH", block.mh).parameter("SIMD", block.simd);
  unit.parameter("RING", replaysFromRing(dot) ? 1 : 0);
  addUnit(std::move(unit), dot, block.simd, block.thresholds, constants, to);
}

void build(const DepthwiseBlock& block, const BlockConstants& constants, RtlBuilder& to) {
  VerilogInstance unit("a2q_depthwise", "unit");
  unit.parameter("CHANNELS", block.channels).parameter("TAPS", block.taps);
  addUnit(std::move(unit), dotShape(block), block.pe, block.thresholds, constants, to);
}

}  // namespace a2q
