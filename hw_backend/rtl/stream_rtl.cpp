// SPDX-License-Identifier: GPL-3.0-or-later
#include <numeric>

#include "hw_backend/rtl/rtl_builder.h"

namespace a2q {
namespace {

std::int64_t flag(bool set) { return set ? 1 : 0; }

VerilogInstance unit(std::string_view module) {
  return {std::string("a2q_") + std::string(module), "unit"};
}

/// Ports and connections of a unit with one stream in and one out.
void addBetween(VerilogInstance instance, std::int64_t in_width, std::int64_t out_width,
                RtlBuilder& to) {
  to.top.inputStream("in", in_width);
  to.top.outputStream("out", out_width);
  to.top.add(instance.clocked().stream("in", "in").stream("out", "out"));
}

/// Those of one that joins two streams.
template <class Join>
void addJoin(VerilogInstance instance, const Join& block, RtlBuilder& to) {
  to.top.inputStream("left", block.lanes * block.left.width.bits);
  to.top.inputStream("right", block.lanes * block.right.width.bits);
  to.top.outputStream("out", block.lanes * block.output.width.bits);
  to.top.add(
      instance.clocked().stream("left", "left").stream("right", "right").stream("out", "out"));
}

}  // namespace

void build(const SlidingWindowBlock& block, const BlockConstants& /*constants*/, RtlBuilder& to) {
  const std::int64_t bits = block.lanes * block.format.width.bits;
  VerilogInstance window = unit("sliding_window");
  window.parameter("BITS", bits)
      .parameter("FOLDS", block.channels / block.lanes)
      .parameter("HEIGHT", block.height)
      .parameter("WIDTH", block.width)
      .parameter("KH", block.kernel_height)
      .parameter("KW", block.kernel_width)
      .parameter("SH", block.stride_height)
      .parameter("SW", block.stride_width)
      .parameter("PH", block.padding_height)
      .parameter("PW", block.padding_width)
      .parameter("DEPTHWISE", flag(block.order == WindowOrder::kDepthwise))
      .parameter("BLOCK", flag(block.memory == MemoryStyle::kBlock));
  addBetween(std::move(window), bits, bits, to);
}

void build(const PoolBlock& block, const BlockConstants& /*constants*/, RtlBuilder& to) {
  VerilogInstance pool = unit("pool");
  pool.parameter("LANES", block.lanes)
      .parameter("TAPS", block.taps)
      .parameter("A", block.input.width.bits)
      .parameter("A_SIGNED", flag(block.input.isSigned()))
      .parameter("B", block.output.width.bits)
      .parameter("SUM", flag(block.sum));
  addBetween(std::move(pool), block.lanes * block.input.width.bits,
             block.lanes * block.output.width.bits, to);
}

void build(const WidthConverterBlock& block, const BlockConstants& /*constants*/, RtlBuilder& to) {
  VerilogInstance converter = unit("width_converter");
  converter.parameter("IN", block.input_lanes)
      .parameter("OUT", block.output_lanes)
      .parameter("MIDDLE", std::lcm(block.input_lanes, block.output_lanes))
      .parameter("BITS", block.value.bits);
  addBetween(std::move(converter), block.input_lanes * block.value.bits,
             block.output_lanes * block.value.bits, to);
}

void build(const FifoBlock& block, const BlockConstants& /*constants*/, RtlBuilder& to) {
  VerilogInstance fifo = unit("fifo");
  fifo.parameter("WIDTH", block.width)
      .parameter("DEPTH", block.depth)
      .parameter("BLOCK", flag(block.memory == MemoryStyle::kBlock));
  addBetween(std::move(fifo), block.width, block.width, to);
}

void build(const AddBlock& block, const BlockConstants& /*constants*/, RtlBuilder& to) {
  VerilogInstance adder = unit("add");
  adder.parameter("LANES", block.lanes)
      .parameter("L", block.left.width.bits)
      .parameter("L_SIGNED", flag(block.left.isSigned()))
      .parameter("R", block.right.width.bits)
      .parameter("R_SIGNED", flag(block.right.isSigned()))
      .parameter("B", block.output.width.bits);
  addJoin(std::move(adder), block, to);
}

void build(const ForkBlock& block, const BlockConstants& /*constants*/, RtlBuilder& to) {
  VerilogInstance fork = unit("fork");
  fork.parameter("WIDTH", block.width);
  to.top.inputStream("in", block.width);
  to.top.outputStream("left", block.width);
  to.top.outputStream("right", block.width);
  to.top.add(fork.clocked().stream("in", "in").stream("left", "left").stream("right", "right"));
}

void build(const ConcatBlock& block, const BlockConstants& /*constants*/, RtlBuilder& to) {
  VerilogInstance concat = unit("concat");
  concat.parameter("LANES", block.lanes)
      .parameter("LEFT", block.left_channels / block.lanes)
      .parameter("RIGHT", block.right_channels / block.lanes)
      .parameter("L", block.left.width.bits)
      .parameter("L_SIGNED", flag(block.left.isSigned()))
      .parameter("R", block.right.width.bits)
      .parameter("R_SIGNED", flag(block.right.isSigned()))
      .parameter("B", block.output.width.bits);
  addJoin(std::move(concat), block, to);
}

void build(const UpsampleBlock& block, const BlockConstants& /*constants*/, RtlBuilder& to) {
  const std::int64_t bits = block.lanes * block.value.bits;
  VerilogInstance upsample = unit("upsample");
  upsample.parameter("BITS", bits)
      .parameter("FOLDS", block.channels / block.lanes)
      .parameter("WIDTH", block.width)
      .parameter("FACTOR", block.factor)
      .parameter("BLOCK", flag(block.memory == MemoryStyle::kBlock))
      .parameter("RING", flag(block.pixelsGoRound()));
  addBetween(std::move(upsample), bits, bits, to);
}

void build(const PixelShuffleBlock& block, const BlockConstants& /*constants*/, RtlBuilder& to) {
  VerilogInstance shuffle = unit("pixel_shuffle");
  shuffle.parameter("BITS", block.value.bits)
      .parameter("CHANNELS", block.channels)
      .parameter("WIDTH", block.width)
      .parameter("FACTOR", block.factor)
      .parameter("BLOCK", flag(block.memory == MemoryStyle::kBlock));
  addBetween(std::move(shuffle), block.value.bits, block.value.bits, to);
}

}  // namespace a2q
