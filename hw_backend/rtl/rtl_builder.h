// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "hw_backend/rtl/block_rtl.h"
#include "hw_backend/rtl/constant_words.h"
#include "hw_backend/rtl/verilog_module.h"

namespace a2q {

/// A block's top module and memories while they are made.
struct RtlBuilder {
  explicit RtlBuilder(const RtlOptions& chosen) : options(chosen), top(chosen.name) {}

  /// Constants that stand at the wires NAME_data, read at NAME_address with NAME_enable, which are
  /// declared too: a literal where there is one word, else a memory with a file of its own.
  void addConstants(std::string_view name, const ConstantWords& words, MemoryStyle memory);

  RtlOptions options;
  VerilogModule top;
  std::map<std::string, std::string> files;
};

/// 1 for an address of one word too: what the modules' ports have.
[[nodiscard]] std::int64_t addressBits(std::int64_t words);

/// The unit of a block between the streams in_* (left_*, right_*) and out_*, whose ports it adds.
void build(const MvauBlock& block, const BlockConstants& constants, RtlBuilder& to);
void build(const DepthwiseBlock& block, const BlockConstants& constants, RtlBuilder& to);
void build(const ThresholdBlock& block, const BlockConstants& constants, RtlBuilder& to);
void build(const SlidingWindowBlock& block, const BlockConstants& constants, RtlBuilder& to);
void build(const PoolBlock& block, const BlockConstants& constants, RtlBuilder& to);
void build(const WidthConverterBlock& block, const BlockConstants& constants, RtlBuilder& to);
void build(const FifoBlock& block, const BlockConstants& constants, RtlBuilder& to);
void build(const AddBlock& block, const BlockConstants& constants, RtlBuilder& to);
void build(const ForkBlock& block, const BlockConstants& constants, RtlBuilder& to);
void build(const ConcatBlock& block, const BlockConstants& constants, RtlBuilder& to);
void build(const UpsampleBlock& block, const BlockConstants& constants, RtlBuilder& to);
void build(const PixelShuffleBlock& block, const BlockConstants& constants, RtlBuilder& to);

/// Thresholds between two streams that are there, named by what their nets begin with.
/// Those compared at once are always kept in logic.
void addThresholds(const ThresholdBlock& block, const BlockConstants& constants,
                   std::string_view from, std::string_view into, RtlBuilder& to);

}  // namespace a2q
