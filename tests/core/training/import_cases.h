// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <span>
#include <string>
#include <vector>

#include "core/network/experiment.h"
#include "core/training/weight_import.h"

namespace a2q::testing {

using Sides = std::vector<std::int64_t>;

struct Network {
  NetworkSpec spec;
  NetworkGraph graph;
};

inline Network load(const std::string& name) {
  auto experiment = readExperiment(std::filesystem::path(A2Q_PROJECTS_DIR) / (name + ".toml"));
  EXPECT_TRUE(experiment);
  return {experiment->network, inferShapes(experiment->network).value()};
}

/// A network of an 1×8×8 input and the layers given as TOML.
inline Network parse(const std::string& layers) {
  auto experiment = parseExperiment(
      "[network]\nname = \"n\"\n[[layer]]\nname = \"x\"\nkind = \"input\"\nshape = [1, 8, 8]\n" +
          layers + "[[layer]]\nname = \"y\"\nkind = \"output\"\n[quant]\nmethod = \"float\"\n",
      "test");
  EXPECT_TRUE(experiment) << describe(experiment.error());
  return {experiment->network, inferShapes(experiment->network).value()};
}

inline std::string linear(const std::string& name, int features, bool bias = false) {
  return "[[layer]]\nname = \"" + name +
         "\"\nkind = \"linear\"\nfeatures = " + std::to_string(features) +
         (bias ? "\nbias = true\n" : "\n");
}

inline std::string activation(const std::string& name) {
  return "[[layer]]\nname = \"" + name + "\"\nkind = \"activation\"\n";
}

template <class T>
inline NamedTensor tensor(const std::string& name, TensorType type, Sides shape, T value) {
  std::size_t count = 1;
  for (const std::int64_t side : shape) count *= static_cast<std::size_t>(side);
  const std::vector<T> values(count, value);
  const auto bytes = std::as_bytes(std::span(values));
  return {name, type, std::move(shape), {bytes.begin(), bytes.end()}};
}

inline NamedTensor floats(const std::string& name, Sides shape, float value = 1) {
  return tensor(name, TensorType::kFloat32, std::move(shape), value);
}

/// Makes a list of tensors in the order of a module's state_dict(), every one with its own number.
class StateDict {
 public:
  StateDict& weights(const std::string& module, Sides shape, bool bias = false) {
    const std::int64_t channels = shape.front();
    add(module + ".weight", std::move(shape));
    return bias ? add(module + ".bias", {channels}) : *this;
  }
  StateDict& norm(const std::string& module, std::int64_t channels) {
    for (const char* word : {".weight", ".bias", ".running_mean", ".running_var"}) {
      add(module + word, {channels});
    }
    tensors.push_back(
        tensor<std::int64_t>(module + ".num_batches_tracked", TensorType::kInt64, {}, 7));
    return *this;
  }
  StateDict& add(const std::string& name, Sides shape) {
    tensors.push_back(floats(name, std::move(shape), static_cast<float>(tensors.size() + 1)));
    return *this;
  }

  std::vector<NamedTensor> tensors;
};

/// The tensor that gave a parameter, checked by its number; empty when nothing gave it.
inline std::string sourceOf(const ImportedWeights& weights, const std::vector<NamedTensor>& tensors,
                            const std::string& parameter) {
  for (const WeightMatch& match : weights.matches) {
    if (match.parameter != parameter) continue;
    const auto from = std::find_if(tensors.begin(), tensors.end(),
                                   [&](const NamedTensor& one) { return one.name == match.from; });
    const auto to =
        std::find_if(weights.parameters.begin(), weights.parameters.end(),
                     [&](const NamedTensor& one) { return one.name == match.parameter; });
    if (from == tensors.end() || to == weights.parameters.end()) return "?";
    return from->bytes == to->bytes ? match.from : "other numbers than " + match.from;
  }
  return {};
}

inline Result<ImportedWeights> importInto(const Network& network,
                                          const std::vector<NamedTensor>& tensors) {
  return importWeights(tensors, network.spec, network.graph);
}

}  // namespace a2q::testing
