// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "core/network/experiment.h"

namespace a2q::testing {

/// Strings layers together: a layer without inputs takes the layer before it.
class NetworkBuilder {
 public:
  explicit NetworkBuilder(Shape shape = {3, 32, 32}) {
    InputLayer input;
    input.shape = shape;
    add("x", input, {});
  }
  NetworkBuilder& then(const std::string& name, LayerKind kind) {
    return add(name, std::move(kind), {spec_.layers.back().name});
  }
  NetworkBuilder& add(const std::string& name, LayerKind kind, std::vector<std::string> inputs) {
    spec_.layers.push_back({name, std::move(kind), std::move(inputs)});
    return *this;
  }
  /// The network, closed by an output layer "y".
  [[nodiscard]] NetworkSpec done() {
    then("y", OutputLayer{});
    return spec_;
  }

 private:
  NetworkSpec spec_;
};

inline ConvLayer conv(std::int64_t filters, std::int64_t kernel, std::int64_t padding = 0,
                      std::int64_t stride = 1, std::int64_t groups = 1) {
  return {filters, {kernel, kernel}, {stride, stride}, {padding, padding}, groups, false};
}

inline PoolLayer pool(PoolKind kind, std::int64_t kernel, std::int64_t stride,
                      std::int64_t padding = 0) {
  return {kind, {kernel, kernel}, {stride, stride}, {padding, padding}};
}

inline ActivationLayer signedActivation(std::string share = {}) {
  return {Signedness::kSigned, std::move(share)};
}

inline std::vector<std::filesystem::path> sampleFiles() {
  std::vector<std::filesystem::path> files;
  for (const char* name :
       {"lenet_digits", "lenet_mnist", "cnv_cifar", "mobilenet_v1_cifar", "resnet18_cifar"}) {
    files.push_back(std::filesystem::path(A2Q_PROJECTS_DIR) / (std::string(name) + ".toml"));
  }
  return files;
}

}  // namespace a2q::testing
