// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "core/network/network_spec.h"

namespace a2q {

/// The input quantizer of a network as a table over 8-bit data values, exactly what hardware does:
/// code = clip(⌊(p − offset)/step + 1/2⌋, format).
class InputCodes {
 public:
  explicit InputCodes(const InputLayer& layer);

  [[nodiscard]] std::int32_t operator[](std::uint8_t value) const { return table_[value]; }
  /// The codes of `values`, in the same order, to `out`.
  void encode(std::span<const std::uint8_t> values, std::int32_t* out) const;
  /// The data value that stands for 0, for padding.
  [[nodiscard]] std::uint8_t zero() const { return zero_; }

 private:
  std::array<std::int32_t, 256> table_{};
  std::uint8_t zero_ = 0;
};

}  // namespace a2q
