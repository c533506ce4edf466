// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace a2q::testing {

/// A specification that parses; line numbers below matter to the tests of errors.
inline const std::string kSmallSpec = R"([network]
name = "small"

[[layer]]
name = "x"
kind = "input"
shape = [3, 8, 8]

[[layer]]
name = "conv1"
kind = "conv2d"
filters = 4
kernel = 3

[[layer]]
name = "act1"
kind = "activation"

[[layer]]
name = "conv2"
kind = "conv2d"
filters = 4
kernel = [3, 1]
padding = [1, 0]
groups = "depthwise"

[[layer]]
name = "act2"
kind = "activation"

[[layer]]
name = "fc"
kind = "linear"
features = 10

[[layer]]
name = "y"
kind = "output"

[quant]
method = "a2q"
accumulator_bits = 14

[training]
epochs = 3
)";

/// The small specification with the first `from` replaced.
inline std::string smallSpecWith(const std::string& from, const std::string& to) {
  std::string text = kSmallSpec;
  return text.replace(text.find(from), from.size(), to);
}

}  // namespace a2q::testing
