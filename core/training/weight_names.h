// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/training/parameter_slots.h"

namespace a2q {

/// A tensor's name taken apart: "features.0.running_mean" is the module "features.0" and the word
/// "running_mean". A module may be empty.
struct TensorNameParts {
  std::string module;
  std::string word;
};

/// Splits at the last "." or "_" when one of the words of PyTorch or of this program follows it:
/// weight, bias, running_mean, running_var, v, gamma, beta. Nothing for other names.
[[nodiscard]] std::optional<TensorNameParts> nameParts(std::string_view name);

/// Whether a word stands for a role: "weight" for weights and for the gamma of a norm, "bias" for a
/// bias and for the beta of a norm.
[[nodiscard]] bool wordFits(std::string_view word, ParameterRole role);

/// What a module's name may mean, the likeliest first: small letters with "_" for "." and "-"; then
/// without the words that wrappers put in front (module, model, net, network, backbone,
/// _orig_mod), one after the other.
[[nodiscard]] std::vector<std::string> normalisedNames(std::string_view module);

/// Compares names so that numbers in them count as numbers: "2" comes before "10".
[[nodiscard]] bool naturallyBefore(std::string_view a, std::string_view b);

}  // namespace a2q
