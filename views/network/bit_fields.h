// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSpinBox>
#include <optional>

#include "core/bounds/integer_format.h"
#include "core/network/quant_limits.h"

namespace a2q::views {

/// A number of bits that may be absent: one step below the least it reads `absent`, for example
/// "inherit: 4" or "free".
class OptionalBits : public QSpinBox {
  Q_OBJECT

 public:
  OptionalBits(BitLimits limits, std::optional<BitWidth> bits, QWidget* parent = nullptr);

  [[nodiscard]] std::optional<BitWidth> bits() const;
  void setAbsentText(const QString& text) { setSpecialValueText(text); }
};

}  // namespace a2q::views
