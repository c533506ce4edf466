// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace a2q {

/// Bit widths that a QuantSpec may hold, both ends included.
struct BitLimits {
  int least;
  int most;
};

inline constexpr BitLimits kWeightBits{2, 16};       ///< M
inline constexpr BitLimits kActivationBits{1, 16};   ///< N
inline constexpr BitLimits kAccumulatorBits{4, 64};  ///< P

}  // namespace a2q
