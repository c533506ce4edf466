// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/hw_backend/design/design_samples.h"

#include <stdexcept>

namespace a2q::testing {
namespace {

constexpr const char* kHead = R"(
[network]
name = "sample"
[quant]
method = "a2q"
weight_bits = 4
activation_bits = 4
accumulator_bits = 12
[quant.first]
weight_bits = 4
accumulator_bits = 16
[quant.last]
weight_bits = 4
activation_bits = 4
accumulator_bits = "free"
[data]
set = "digits"
)";

}  // namespace

Result<DesignNetwork> tryNetworkOf(const std::string& layers) {
  auto experiment = parseExperiment(kHead + layers, "sample");
  if (!experiment) return forward(std::move(experiment));
  return designNetwork(*experiment);
}

DesignNetwork networkOf(const std::string& layers) {
  auto network = tryNetworkOf(layers);
  if (!network) throw std::runtime_error(describe(network.error()));
  return std::move(*network);
}

DesignNetwork smallChain() {
  return networkOf(R"(
[[layer]]
name = "in"
kind = "input"
shape = [4, 1, 1]
bits = 4
[[layer]]
name = "fc1"
kind = "linear"
features = 6
[[layer]]
name = "act1"
kind = "activation"
[[layer]]
name = "fc2"
kind = "linear"
features = 4
[[layer]]
name = "act2"
kind = "activation"
[[layer]]
name = "fc3"
kind = "linear"
features = 3
[[layer]]
name = "out"
kind = "output"
)");
}

DesignNetwork smallResidual() {
  return networkOf(R"(
[[layer]]
name = "in"
kind = "input"
shape = [4, 8, 8]
bits = 4
[[layer]]
name = "conv_a"
kind = "conv2d"
filters = 4
kernel = 3
padding = 1
[[layer]]
name = "act_a"
kind = "activation"
[[layer]]
name = "conv_b"
kind = "conv2d"
filters = 4
kernel = 3
padding = 1
[[layer]]
name = "act_b"
kind = "activation"
signed = true
[[layer]]
name = "act_skip"
kind = "activation"
input = "act_a"
signed = true
share = "act_b"
[[layer]]
name = "add"
kind = "add"
inputs = ["act_b", "act_skip"]
[[layer]]
name = "act"
kind = "activation"
[[layer]]
name = "pool"
kind = "average_pool"
[[layer]]
name = "fc"
kind = "linear"
features = 2
[[layer]]
name = "out"
kind = "output"
)");
}

DesignNetwork everyOperation() {
  return networkOf(R"(
[[layer]]
name = "in"
kind = "input"
shape = [3, 9, 8]
bits = 4
[[layer]]
name = "conv"
kind = "conv2d"
filters = 8
kernel = 5
padding = 2
stride = 2
[[layer]]
name = "act"
kind = "activation"
[[layer]]
name = "depthwise"
kind = "conv2d"
filters = 8
kernel = 3
padding = 1
groups = "depthwise"
[[layer]]
name = "act_d"
kind = "activation"
share = "act"
[[layer]]
name = "point"
kind = "conv2d"
filters = 8
kernel = 1
input = "act"
[[layer]]
name = "act_p"
kind = "activation"
share = "act"
[[layer]]
name = "sum"
kind = "add"
inputs = ["act", "act_d", "act_p"]
[[layer]]
name = "act_s"
kind = "activation"
share = "act"
[[layer]]
name = "joined"
kind = "concat"
inputs = ["act_s", "act_p", "act_d"]
[[layer]]
name = "shuffle"
kind = "pixel_shuffle"
factor = 2
[[layer]]
name = "pool"
kind = "max_pool"
kernel = 3
stride = 2
[[layer]]
name = "resize"
kind = "resize_nearest"
factor = 2
[[layer]]
name = "fc"
kind = "linear"
features = 6
[[layer]]
name = "out"
kind = "output"
)");
}

}  // namespace a2q::testing
