// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/counter_random.h"

namespace a2q {

namespace {

constexpr std::uint64_t kGolden = 0x9e3779b97f4a7c15;

std::uint64_t mix(std::uint64_t value) {
  value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9;
  value = (value ^ (value >> 27)) * 0x94d049bb133111eb;
  return value ^ (value >> 31);
}

}  // namespace

// Each key goes through the mixer before the next is added: neighbouring keys share no prefix.
CounterRandom::CounterRandom(std::uint64_t seed, std::uint64_t stream, std::uint64_t index)
    : state_(mix(mix(mix(seed + kGolden) + stream + kGolden) + index + kGolden)) {}

std::uint64_t CounterRandom::bits() {
  state_ += kGolden;
  return mix(state_);
}

double CounterRandom::unit() { return static_cast<double>(bits() >> 11) * 0x1p-53; }

double CounterRandom::uniform(double low, double high) { return low + (high - low) * unit(); }

double CounterRandom::bell() {
  constexpr double kSqrt3 = 1.7320508075688772;
  const std::uint64_t word = bits();
  const std::uint64_t sum =
      (word & 0xffff) + (word >> 16 & 0xffff) + (word >> 32 & 0xffff) + (word >> 48);
  return (static_cast<double>(sum) - 2.0 * 0xffff) * (kSqrt3 / 0x10000);
}

std::uint32_t CounterRandom::below(std::uint32_t count) {
  return static_cast<std::uint32_t>((bits() >> 32) * count >> 32);
}

bool CounterRandom::chance(double probability) { return unit() < probability; }

}  // namespace a2q
