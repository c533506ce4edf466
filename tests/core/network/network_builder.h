// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
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

/// Every specification that ships with the program, by name.
inline std::vector<std::filesystem::path> sampleFiles() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(A2Q_PROJECTS_DIR)) {
    if (entry.path().extension() == ".toml") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace a2q::testing
