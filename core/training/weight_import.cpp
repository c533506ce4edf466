// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/weight_import.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <set>

#include "core/training/parameter_slots.h"
#include "core/training/tensor_types.h"
#include "core/training/weight_matcher.h"

namespace a2q {
namespace {

using Sides = std::vector<std::int64_t>;

std::string shapeText(const Sides& shape) {
  return shape.empty() ? "a single number" : fmt::format("{}", fmt::join(shape, "×"));
}

bool isFloat(TensorType type) {
  return type == TensorType::kFloat32 || type == TensorType::kFloat64;
}

/// What this program keeps of quantizers, which a float network does not have: their scales and how
/// long those have settled.
bool isQuantizerScale(const NamedTensor& tensor, const std::set<std::string>& layers) {
  const std::size_t dot = tensor.name.rfind('.');
  if (dot == std::string::npos || !layers.contains(tensor.name.substr(0, dot))) return false;
  const std::string word = tensor.name.substr(dot + 1);
  return word == "d" || word == "t" || word == "observed";
}

Result<std::vector<bool>> usableTensors(const std::vector<NamedTensor>& tensors,
                                        const NetworkSpec& network) {
  std::set<std::string> layers;
  for (const LayerSpec& layer : network.layers) layers.insert(layer.name);
  std::vector<bool> usable;
  for (const NamedTensor& tensor : tensors) {
    const auto count = elementCount(tensor.shape);
    if (!count ||
        static_cast<std::uint64_t>(*count) != tensor.bytes.size() / elementSize(tensor.type)) {
      return fail(ErrorCode::kSpecValue,
                  fmt::format("tensor '{}' has {} bytes, which does not fit its shape {}",
                              tensor.name, tensor.bytes.size(), shapeText(tensor.shape)));
    }
    usable.push_back(isFloat(tensor.type) && !isQuantizerScale(tensor, layers));
  }
  return usable;
}

constexpr const char* kTranspose =
    "Transpose it: the weights of a linear layer are outputs × inputs, as PyTorch keeps them.";

bool isTransposed(const Sides& shape, const Sides& wanted) {
  return wanted.size() == 2 && shape == Sides{wanted[1], wanted[0]};
}

tl::unexpected<Error> wrongShape(const NamedTensor& tensor, const ParameterSlot& slot,
                                 std::string_view how) {
  return fail(ErrorCode::kSpecValue,
              fmt::format("tensor '{}' is {}, but '{}' of the network is {}", tensor.name,
                          shapeText(tensor.shape), slot.name, shapeText(slot.shape)),
              fmt::format("it belongs there by the {}", how),
              isTransposed(tensor.shape, slot.shape)
                  ? kTranspose
                  : "Give weights of this network, or name the tensor of another layer otherwise.");
}

tl::unexpected<Error> missingWeights(const ParameterSlot& slot,
                                     const std::vector<NamedTensor>& tensors,
                                     const std::vector<std::string>& unused) {
  constexpr std::size_t kMostNamed = 8;
  std::vector<std::string> left;
  bool transposed = false;
  for (const NamedTensor& tensor : tensors) {
    if (std::find(unused.begin(), unused.end(), tensor.name) == unused.end()) continue;
    transposed = transposed || isTransposed(tensor.shape, slot.shape);
    if (left.size() < kMostNamed) {
      left.push_back(fmt::format("'{}' ({})", tensor.name, shapeText(tensor.shape)));
    }
  }
  return fail(
      ErrorCode::kSpecValue,
      fmt::format("the file has no weights for layer '{}' ({})", slot.layer, shapeText(slot.shape)),
      left.empty() ? "every tensor of the file belongs to another layer"
                   : fmt::format("not used are {}{}", fmt::join(left, ", "),
                                 left.size() < unused.size() ? " and others" : ""),
      transposed ? std::string(kTranspose)
                 : fmt::format("Name the tensor '{}' or '{}.weight'.", slot.name, slot.layer));
}

/// The numbers as float32; nothing when one is not finite.
std::optional<std::vector<std::byte>> finiteFloats(const NamedTensor& tensor) {
  const std::size_t count = tensor.bytes.size() / elementSize(tensor.type);
  std::vector<std::byte> out(count * sizeof(float));
  for (std::size_t i = 0; i < count; ++i) {
    float value = 0;
    if (tensor.type == TensorType::kFloat64) {
      double wide = 0;
      std::memcpy(&wide, tensor.bytes.data() + i * sizeof wide, sizeof wide);
      value = static_cast<float>(wide);
    } else {
      std::memcpy(&value, tensor.bytes.data() + i * sizeof value, sizeof value);
    }
    if (!std::isfinite(value)) return std::nullopt;
    std::memcpy(out.data() + i * sizeof value, &value, sizeof value);
  }
  return out;
}

}  // namespace

Result<ImportedWeights> importWeights(const std::vector<NamedTensor>& tensors,
                                      const NetworkSpec& network, const NetworkGraph& graph) {
  auto usable = usableTensors(tensors, network);
  if (!usable) return forward(std::move(usable));
  const std::vector<ParameterSlot> slots = parameterSlots(network, graph);
  auto found = matchSlots(slots, tensors, *usable);
  if (!found) return forward(std::move(found));
  ImportedWeights out;
  for (std::size_t i = 0; i < slots.size(); ++i) {
    const auto& match = (*found)[i];
    if (!match) {
      out.missing.push_back(slots[i].name);
      continue;
    }
    const NamedTensor& tensor = tensors[match->tensor];
    if (!sameShape(tensor.shape, slots[i].shape)) return wrongShape(tensor, slots[i], match->how);
    auto numbers = finiteFloats(tensor);
    if (!numbers) {
      return fail(ErrorCode::kSpecValue,
                  fmt::format("tensor '{}' holds numbers that are not finite", tensor.name), {},
                  "Take weights of a training that did not diverge.");
    }
    (*usable)[match->tensor] = false;
    out.matches.push_back({tensor.name, slots[i].name, std::string(match->how)});
    out.parameters.push_back(
        {slots[i].name, TensorType::kFloat32, slots[i].shape, std::move(*numbers)});
  }
  for (std::size_t i = 0; i < tensors.size(); ++i) {
    if ((*usable)[i]) out.unused.push_back(tensors[i].name);
  }
  for (std::size_t i = 0; i < slots.size(); ++i) {
    if (slots[i].role == ParameterRole::kWeights && !(*found)[i]) {
      return missingWeights(slots[i], tensors, out.unused);
    }
  }
  return out;
}

std::string importText(const ImportedWeights& weights) {
  std::string text;
  std::size_t same = 0;
  for (const WeightMatch& match : weights.matches) {
    same += match.how == kSameName ? 1 : 0;
    if (match.how == kSameName) continue;
    text += fmt::format("{} <- {} ({})\n", match.parameter, match.from, match.how);
  }
  if (same > 0) text += fmt::format("{} tensors have the names of this network\n", same);
  for (const std::string& name : weights.unused) text += fmt::format("{} is not used\n", name);
  for (const std::string& name : weights.missing) {
    text += fmt::format("{} stays at its initial value\n", name);
  }
  return text;
}

}  // namespace a2q
