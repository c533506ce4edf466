// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "hw_backend/design/block.h"
#include "hw_backend/device/device.h"
#include "hw_backend/rtl/dot_shape.h"

namespace a2q {

/// What a memory that is written and read becomes.
struct MemoryChoice {
  MemoryStack stack = {0, 1};  ///< block memories; how deep also of look-up tables
  double table_bits = 0;       ///< bits of look-up tables that serve as memory
  double register_bits = 0;    ///< bits in registers
};

/// `words` of `bits`, with a port to write and one to read.
/// MemoryStyle::kBlock asks for block memory; kLogic leaves it to the tool, which takes the
/// cheapest by its own prices: a bit in a register 1, a block memory Family::bram_price, sixteen
/// words of four bits in look-up tables 4 (ECP5; Gowin, by the bits used), on 7 series four look-up
/// tables 8, or less where they are not full, and kMultiplexerPrice to choose a bit [Yosys 0.23,
/// memory_libmap and the families' libraries].
[[nodiscard]] MemoryChoice writtenMemory(const Family& family, std::int64_t words,
                                         std::int64_t bits, MemoryStyle style);

/// The same where both ports are always at the same address, as in a2q_replay: 7 series has look-up
/// tables for that which hold more.
[[nodiscard]] MemoryChoice oneAddressMemory(const Family& family, std::int64_t words,
                                            std::int64_t bits, MemoryStyle style);

/// What keeps the inputs of an MVAU for its later rows: nothing where there are none, or where they
/// go round in a shift register.
[[nodiscard]] MemoryChoice replayMemory(const DotShape& dot, const Family& family);

}  // namespace a2q
