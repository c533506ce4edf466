// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "hw_backend/estimate/resource_model.h"

namespace a2q {

/// FINN's analytic model [Blott et al., FINN-R, TRETS 2018; formulas as in FINN's source], for
/// six-input look-up tables. Registers are not estimated. It pays for the P of a block; FINN itself
/// caps P at the data-type bound, so that 32-bit accumulators look as cheap as those.

enum class FinnMultiplier { kLogic, kDsp };

/// LUT = 300 + 1.1·PE·(mult + tree + acc + thr + comp) + c2 with, for W weight and A input bits,
/// mult = SIMD·(2⌈(W+A)/6⌉−1)·(W+A) (0 in DSP), tree = (W+A)(2·SIMD−1), acc = P,
/// thr = (2^B−1)·P·⌈TMEM/64⌉, comp = (2^B−1)·P, c2 = PE·SIMD·W·⌈WMEM/64⌉ for weights in logic,
/// WMEM = MW·MH/(PE·SIMD), TMEM = MH/PE. A depthwise unit is that with SIMD = 1, WMEM =
/// kh·kw·C/PE. A binary search, which FINN has not, stores the same (in block memory: TMEM·2^B
/// words of PE·P bits, thr = 0) and compares once: comp = P.
[[nodiscard]] double finnLut(const MvauBlock& block, FinnMultiplier multiplier);
[[nodiscard]] double finnLut(const DepthwiseBlock& block, FinnMultiplier multiplier);

/// PE·SIMD·⌈(W+A)/48⌉.
[[nodiscard]] std::int64_t finnDsp(const MvauBlock& block);

/// 18 kb memories of ω words of m bits: m = 1: ⌈ω/16384⌉; m = 2: ⌈ω/8192⌉; m ≤ 4: ⌈ω/4096⌉⌈m/4⌉;
/// m ≤ 9: ⌈ω/2048⌉⌈m/9⌉; m ≤ 18 or ω > 512: ⌈ω/1024⌉⌈m/18⌉; else ⌈ω/512⌉⌈m/36⌉.
[[nodiscard]] std::int64_t finnBram18(std::int64_t words, std::int64_t bits);

/// A block by these formulas and
/// SWU: 300 + SIMD·A·⌈depth/38⌉ in logic, depth = ((kh−1)·w + kw)·C/SIMD, and for strides
/// (sh−1)·w + (sw−1) pixels more; FIFO: 2⌈log2 d⌉ + ⌈d/32⌉⌈width/2⌉ in logic; width converter:
/// counters and registers through the least common multiple of both widths. FINN has no formula for
/// poolings, additions and forks: one LUT a bit of each adder, comparison, choice or handshake.
/// Families with other memories than 18 kb use the fewest of theirs. The interval (measured −7 % to
/// +125 %) holds for look-up tables of six inputs; elsewhere there is none.
[[nodiscard]] ResourceEstimate finnEstimate(const Block& block, const Family& family);

}  // namespace a2q
