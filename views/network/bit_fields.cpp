// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/network/bit_fields.h"

namespace a2q::views {

OptionalBits::OptionalBits(BitLimits limits, std::optional<BitWidth> bits, QWidget* parent)
    : QSpinBox(parent) {
  setRange(limits.least - 1, limits.most);
  setValue(bits ? bits->bits : minimum());
}

std::optional<BitWidth> OptionalBits::bits() const {
  if (value() == minimum()) return std::nullopt;
  return BitWidth{value()};
}

}  // namespace a2q::views
