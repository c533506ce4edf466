// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "hw_backend/calibration/feature_parts.h"
#include "hw_backend/calibration/weights_within.h"

namespace a2q {
namespace {

/// Bits of all adders of a balanced tree over `count` products, none wider than it matters.
double treeBits(std::int64_t count, double width, double most) {
  double bits = 0;
  for (std::int64_t left = count; left > 1; left = (left + 1) / 2) {
    width += 1;
    bits += real(left / 2) * std::min(width, most);
  }
  return bits;
}

/// Products, trees and accumulators.
void addLanes(const DotShape& dot, const WeightsWithin& weights, const ProductTable& products,
              Features& to) {
  const double pe = real(dot.pe);
  const double lanes = pe * real(dot.simd);
  const double w = dot.weights.bits;
  const double a = dot.input.width.bits;
  const double p = dot.accumulator.bits;
  const double tree = w + a + counterBits(dot.simd);
  const double cut = std::max(0.0, tree - p);
  const double stored = oneIf(dot.folds() * dot.steps() > 1);
  const bool split = dot.input.isSigned() && dot.simd > 1 && dot.input.width.bits > 1;
  const double multiplied = stored * lanes * products.lut({dot.weights, dot.input, split});
  constexpr double kWholeCut = 4;
  // Wide trees take more than their bits: on 7 series 16 products up to 2.6 times what 8 take.
  const double adders = stored * pe * treeBits(dot.simd, w + a, p);
  // What is saved is below zero: bits that are cut off, a tree of one, products that are gates.
  addTerms(to.lut, {multiplied, -multiplied * std::min(1.0, cut / kWholeCut), adders,
                    adders * std::log2(real(dot.simd)), stored * lanes, stored * pe,
                    -stored * pe * oneIf(dot.simd == 1), -stored * lanes * cut, -stored * pe * cut,
                    -stored * lanes * oneIf(dot.input.width.bits == 1),
                    (1 - stored) * lanes * w * a * weights.filling,
                    (1 - stored) * lanes * weights.filling, pe * p, pe * std::min(p, tree)});
  addTerms(to.ff, {pe * p, pe * std::min(p, tree), (1 - stored) * pe * tree});
}

/// What gives the inputs of later rows again; nothing where there are none.
void addReplay(const DotShape& dot, bool again, const Family& family, Features& to) {
  const double beat = real(dot.simd) * dot.input.width.bits;
  const bool from_ring = replaysFromRing(dot);
  const MemoryChoice memory = again ? replayMemory(dot, family) : MemoryChoice{};
  const double replays = oneIf(again);
  // A chain of three registers without a reset becomes a shift register in a table on 7 series.
  const bool shifts = family.name == "xc7" && dot.steps() > 3;
  const double ring = oneIf(again && from_ring && !shifts) * real(dot.steps()) * beat;
  const double shifted = oneIf(again && from_ring && shifts) * beat;
  const double kept = oneIf(again && !from_ring);
  // Of several beats that go round, the newest one is chosen bit by bit.
  const double chosen = oneIf(again && from_ring && dot.steps() > 1) * beat;
  addTerms(to.lut,
           {replays, replays * beat, ring, shifted, chosen, replays * counterBits(dot.steps()),
            memory.table_bits / 64, memory.register_bits, kept * beat,
            real(memory.stack.deep - 1) * beat, real(memory.stack.deep - 1)});
  addTerms(to.ff, {replays, ring, shifted, kept, kept * beat, memory.register_bits,
                   oneIf(memory.table_bits > 0) * beat, replays * counterBits(dot.steps()),
                   replays * oneIf(dot.steps() > 1)});
}

}  // namespace

DotTerms dotTerms(const DotShape& dot, bool replays, const Family& family,
                  const ProductTable& products) {
  const std::int64_t words = dot.folds() * dot.steps();
  const WeightsWithin weights = weightsWithin(dot);
  const double beat = real(replays ? dot.simd : dot.pe) * dot.input.width.bits;
  const double columns = real(dot.pe * dot.simd) * weights.bits;
  const ConstantTables constants = dot.memory == MemoryStyle::kLogic
                                       ? constantTables({columns, words, weights.density}, family)
                                       : ConstantTables{};
  const double unit = oneIf(replays);
  const double wide = real(dot.pe * dot.simd * dot.weights.bits);
  const double stacked =
      dot.memory == MemoryStyle::kBlock && words > 1
          ? real(family.constantStackFor(words, dot.pe * dot.simd * dot.weights.bits).deep - 1)
          : 0;
  // The first term is that of thresholds without a unit of dot products.
  DotTerms out{{{0, unit, 1 - unit}, {0, unit, 1 - unit}}, weights.reach, stacked * wide};
  addLanes(dot, weights, products, out.terms);
  addTerms(out.terms.lut, {constants.tables, constants.deep, constants.filled, -constants.shared,
                           oneIf(stacked > 0), counterBits(dot.steps()), counterBits(words),
                           counterBits(dot.folds()), beat});
  addTerms(out.terms.ff, {beat, constants.registers, stacked, counterBits(dot.steps()),
                          counterBits(words), counterBits(dot.folds())});
  addReplay(dot, replays && dot.folds() > 1, family, out.terms);
  return out;
}

}  // namespace a2q
