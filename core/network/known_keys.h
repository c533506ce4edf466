// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace a2q {

/// One key that a specification file may hold.
struct KeyInfo {
  std::string table;  ///< "training.schedule", "layer", "quant.layers.NAME"
  std::string kind;   ///< the kind of layer it belongs to; empty: any, or no layer
  std::string key;
  std::string expected;       ///< "an integer of at least 1"
  std::string default_value;  ///< as TOML text or words; empty: none
  bool required = false;
  std::string meaning;
};

/// Every key there is, in the order of a file.
[[nodiscard]] std::vector<KeyInfo> knownKeys();

}  // namespace a2q
