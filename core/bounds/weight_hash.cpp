// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bounds/weight_hash.h"

#include <cstdint>
#include <type_traits>

#include "core/base/sha256.h"

namespace a2q {
namespace {

template <class Integer>
void append(std::string& bytes, Integer value) {
  const auto bits = static_cast<std::make_unsigned_t<Integer>>(value);
  for (std::size_t i = 0; i < sizeof bits; ++i) {
    bytes.push_back(static_cast<char>((bits >> (8 * i)) & 0xFFU));
  }
}

std::int64_t numberOf(const std::optional<L1Rule>& rule) {
  if (!rule) return 0;
  return *rule == L1Rule::kA2q ? 1 : 2;
}

std::string headOf(const IntegerWeights& weights) {
  std::string bytes(kHashedLayout);
  append(bytes, static_cast<std::int64_t>(weights.layer.size()));
  bytes += weights.layer;
  for (const std::int64_t value :
       {weights.channels, weights.k, std::int64_t{weights.weight_bits.bits},
        std::int64_t{weights.input_format.width.bits},
        std::int64_t{weights.input_format.isSigned() ? 1 : 0}, weights.input_range.minimum,
        weights.input_range.maximum, std::int64_t{weights.accumulator.value_or(BitWidth{0}).bits},
        numberOf(weights.rule)}) {
    append(bytes, value);
  }
  return bytes;
}

}  // namespace

std::string weightHash(const IntegerWeights& weights) {
  Sha256 sum;
  sum.add(headOf(weights));
  std::string row;
  for (std::int64_t channel = 0; channel < weights.channels; ++channel) {
    row.clear();
    for (const std::int32_t value : weights.channel(channel)) append(row, value);
    sum.add(row);
  }
  return sum.hex();
}

std::string networkHash(std::span<const LayerBound> layers) {
  Sha256 sum;
  for (const LayerBound& layer : layers) sum.add(layer.weight_hash + "\n");
  return sum.hex();
}

}  // namespace a2q
