// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "core/bounds/integer_format.h"

namespace a2q {

/// One step of the reference function, in double precision: (x − minus) · factor + plus.
struct AffineStep {
  double minus = 0;
  double factor = 1;
  double plus = 0;
  bool operator==(const AffineStep&) const = default;
};

/// The real value that an integer of one channel stands for: its scale, then biases and batch norms
/// in the order of the network. Rounding included, it is the function that the trained network
/// evaluates in double precision.
struct ChannelFunction {
  double scale = 1;
  std::vector<AffineStep> steps;

  [[nodiscard]] double operator()(std::int64_t a) const;
  bool operator==(const ChannelFunction&) const = default;
};

/// slope · a + offset: the function without the rounding of its steps.
struct AffineLine {
  double slope = 1;
  double offset = 0;
};

[[nodiscard]] AffineLine lineOf(const ChannelFunction& function);

/// A quantizer of real values: code = clip(round(y · inverse), format), ties to even.
struct RealQuantizer {
  IntegerFormat format;
  double inverse = 1;  ///< 1/scale

  [[nodiscard]] std::int64_t operator()(double y) const;
};

/// For every code above the least the smallest integer a in [low, high] that reaches it, high + 1
/// when none does: found by bisection of quantizer(function(a)), which must not descend.
[[nodiscard]] std::vector<std::int64_t> findThresholds(const ChannelFunction& function,
                                                       const RealQuantizer& quantizer,
                                                       std::int64_t low, std::int64_t high);

}  // namespace a2q
