// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace a2q {

/// A stream of random numbers that is a pure function of (seed, stream, index): SplitMix64 over a
/// counter (Steele, Lea, Flood 2014). Equal on every platform, unlike std::*_distribution.
class CounterRandom {
 public:
  CounterRandom(std::uint64_t seed, std::uint64_t stream, std::uint64_t index);

  [[nodiscard]] std::uint64_t bits();

  /// Uniform in [0, 1), a multiple of 2^-53.
  [[nodiscard]] double unit();

  /// Uniform in [low, high).
  [[nodiscard]] double uniform(double low, double high);

  /// Bell-shaped with mean 0 and variance 1: the sum of four uniforms, so within ±2√3.
  [[nodiscard]] double bell();

  /// Uniform in 0 … count - 1; `count` is at least 1.
  [[nodiscard]] std::uint32_t below(std::uint32_t count);

  /// True with the given probability.
  [[nodiscard]] bool chance(double probability);

 private:
  std::uint64_t state_;
};

}  // namespace a2q
