// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "core/bounds/integer_format.h"

namespace a2q {

/// How weights are quantized.
enum class QuantMethod { kFloat, kQat, kA2q, kA2qPlus };

/// "float", "qat", "a2q", "a2q+".
[[nodiscard]] std::string_view methodName(QuantMethod method);

/// Settings of one layer that differ from the defaults; an empty value inherits.
struct QuantOverride {
  std::optional<QuantMethod> method;
  std::optional<BitWidth> weight_bits;       ///< M
  std::optional<BitWidth> activation_bits;   ///< N, of an activation layer
  std::optional<BitWidth> accumulator_bits;  ///< P
  bool operator==(const QuantOverride&) const = default;
};

/// The policy for the first or the last layer with weights.
struct EdgePolicy {
  BitWidth weight_bits{8};
  BitWidth activation_bits{8};  ///< of the codes that enter the last layer; those of the first are
                                ///< the input layer's, so that a file takes the key in `last` only
  std::optional<BitWidth> accumulator_bits;  ///< none: no accumulator target, plain QAT
  bool operator==(const EdgePolicy&) const = default;
};

/// How the whole network is quantized: defaults for the hidden layers, a policy for the first and
/// the last layer, and overrides by layer name.
struct QuantSpec {
  QuantMethod method = QuantMethod::kA2q;
  BitWidth weight_bits{4};
  BitWidth activation_bits{4};
  BitWidth accumulator_bits{16};
  EdgePolicy first;
  EdgePolicy last;
  std::map<std::string, QuantOverride> layers;
  bool operator==(const QuantSpec&) const = default;
};

}  // namespace a2q
