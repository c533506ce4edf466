// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/network/quant_spec.h"

namespace a2q {

/// A setting as the command line takes it.
struct ChangedSetting {
  std::string key;    ///< "quant.layers.conv2.weight_bits"
  std::string value;  ///< "3", "free"
  bool operator==(const ChangedSetting&) const = default;
};

/// What withSetting() has to set, in the order of a file, to come from one quantization to another.
/// An override that `to` no longer has cannot be told this way and is left out.
[[nodiscard]] std::vector<ChangedSetting> changedSettings(const QuantSpec& from,
                                                          const QuantSpec& to);

}  // namespace a2q
