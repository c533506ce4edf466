// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <optional>

#include "core/bounds/accumulator_bounds.h"
#include "core/data/counter_random.h"
#include "hw_backend/design/block.h"

namespace a2q {

/// Draws the parameters of one block: the same for the same kind and index.
class Draw {
 public:
  Draw(std::uint64_t kind, std::uint64_t index) : random_(kSeed, kind, index) {}

  template <class T>
  T of(std::initializer_list<T> values) {
    return values.begin()[random_.below(static_cast<std::uint32_t>(values.size()))];
  }
  bool chance(double probability) { return random_.chance(probability); }
  std::int64_t number(std::int64_t low, std::int64_t high) {
    return low + random_.below(static_cast<std::uint32_t>(high - low + 1));
  }
  IntegerFormat format(std::initializer_list<int> bits) {
    const int chosen = of(bits);
    return {{chosen}, chance(0.25) && chosen > 1 ? Signedness::kSigned : Signedness::kUnsigned};
  }
  /// From what little a channel needs, over its data-type bound, to 32 bits.
  BitWidth accumulator(std::int64_t k, BitWidth weights, IntegerFormat input) {
    const int most = dataTypeBound(k, weights, input).bits;
    const int least = std::min(most, weights.bits + input.width.bits + 1);
    if (chance(0.2)) return {32};
    return {static_cast<int>(number(least, most))};
  }
  std::optional<ThresholdBlock> thresholds(std::int64_t channels, std::int64_t lanes, BitWidth p) {
    if (chance(0.3)) return std::nullopt;
    return someThresholds(channels, lanes, p);
  }
  ThresholdBlock someThresholds(std::int64_t channels, std::int64_t lanes, BitWidth p) {
    const int bits = std::min(of({1, 2, 2, 3, 4, 4}), p.bits - 2);
    ThresholdBlock block{channels, lanes, p, 1, {{bits}, Signedness::kUnsigned}, {}, {}};
    block.levels = (std::int64_t{1} << bits) - 1;
    if (chance(0.25)) block.style = ThresholdStyle::kBinarySearch;
    if (block.style == ThresholdStyle::kBinarySearch && chance(0.3)) {
      block.memory = MemoryStyle::kBlock;
    }
    return block;
  }

 private:
  static constexpr std::uint64_t kSeed = 0xA2C;
  CounterRandom random_;
};

}  // namespace a2q
