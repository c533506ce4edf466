// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/network/network_spec.h"
#include "core/network/spec_fault.h"

namespace a2q {

/// The names of a network's layers, known to be unique and valid: [A-Za-z_][A-Za-z0-9_.-]*, at
/// most 128 characters.
class LayerNames {
 public:
  [[nodiscard]] static Checked<LayerNames> check(const NetworkSpec& network);

  [[nodiscard]] std::optional<std::size_t> find(std::string_view name) const;

  /// "Did you mean 'x'?", or the advice to name a layer of the file.
  [[nodiscard]] std::string suggest(std::string_view name) const;

 private:
  std::map<std::string, std::size_t, std::less<>> indices_;
};

/// One input and one output layer; add and concat take two or more inputs, the input layer none,
/// every other layer one.
[[nodiscard]] Checked<void> checkArities(const NetworkSpec& network);

/// A shared scale belongs to another activation layer that owns its scale.
[[nodiscard]] Checked<void> checkShares(const NetworkSpec& network, const LayerNames& names);

}  // namespace a2q
