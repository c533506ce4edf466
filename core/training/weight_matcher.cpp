// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/weight_matcher.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "core/training/weight_names.h"

namespace a2q {
namespace {

/// The tensors of one module of the file that nothing has taken, by their word.
struct Module {
  std::string name;
  std::map<std::string, std::size_t> tensors;
};

bool isNorm(const Module& module, const std::vector<NamedTensor>& tensors) {
  if (module.tensors.contains("running_mean")) return true;
  const auto weight = module.tensors.find("weight");
  return weight != module.tensors.end() && tensors[weight->second].shape.size() == 1;
}

/// The slots of one layer, by position; the first is its weights or gamma.
using LayerSlots = std::vector<std::size_t>;

class Matcher {
 public:
  Matcher(const std::vector<ParameterSlot>& slots, const std::vector<NamedTensor>& tensors,
          std::vector<bool> usable)
      : slots_(slots), tensors_(tensors), free_(std::move(usable)), found_(slots.size()) {}

  Result<std::vector<std::optional<SlotMatch>>> match() {
    matchSameNames();
    if (auto status = matchNamesOfPyTorch(); !status) return forward(std::move(status));
    matchByOrder(ParameterRole::kWeights);
    matchByOrder(ParameterRole::kGamma);
    return std::move(found_);
  }

 private:
  void take(std::size_t slot, std::size_t tensor, std::string_view how) {
    found_[slot] = SlotMatch{tensor, how};
    free_[tensor] = false;
  }
  void matchSameNames();
  [[nodiscard]] Status matchNamesOfPyTorch();
  [[nodiscard]] std::optional<std::size_t> slotOf(const NamedTensor& tensor) const;
  void matchByOrder(ParameterRole first);
  [[nodiscard]] std::vector<Module> modulesLeft(ParameterRole first) const;
  [[nodiscard]] std::vector<LayerSlots> layersLeft(ParameterRole first) const;
  [[nodiscard]] std::optional<std::size_t> tensorFor(const Module& module, std::size_t slot) const;

  const std::vector<ParameterSlot>& slots_;
  const std::vector<NamedTensor>& tensors_;
  std::vector<bool> free_;
  std::vector<std::optional<SlotMatch>> found_;
  std::multimap<std::string, std::size_t> by_layer_;  // normalised name of the layer -> slot
};

void Matcher::matchSameNames() {
  std::map<std::string_view, std::size_t> slots;
  for (std::size_t i = 0; i < slots_.size(); ++i) slots.emplace(slots_[i].name, i);
  for (std::size_t i = 0; i < tensors_.size(); ++i) {
    const auto slot = slots.find(tensors_[i].name);
    if (free_[i] && slot != slots.end() && !found_[slot->second]) take(slot->second, i, kSameName);
  }
}

/// The one slot that a tensor's name means; none when there is none or more than one.
std::optional<std::size_t> Matcher::slotOf(const NamedTensor& tensor) const {
  const auto parts = nameParts(tensor.name);
  if (!parts) return std::nullopt;
  for (const std::string& name : normalisedNames(parts->module)) {
    std::optional<std::size_t> fitting;
    const auto [begin, end] = by_layer_.equal_range(name);
    for (auto it = begin; it != end; ++it) {
      if (!wordFits(parts->word, slots_[it->second].role)) continue;
      if (fitting) return std::nullopt;
      fitting = it->second;
    }
    if (fitting) return fitting;
  }
  return std::nullopt;
}

Status Matcher::matchNamesOfPyTorch() {
  for (std::size_t i = 0; i < slots_.size(); ++i) {
    by_layer_.emplace(normalisedNames(slots_[i].layer).front(), i);
  }
  for (std::size_t i = 0; i < tensors_.size(); ++i) {
    if (!free_[i]) continue;
    const auto slot = slotOf(tensors_[i]);
    if (!slot) continue;
    if (!found_[*slot]) {
      take(*slot, i, kPyTorchName);
    } else if (found_[*slot]->how == kPyTorchName) {
      return fail(
          ErrorCode::kSpecValue,
          fmt::format("tensors '{}' and '{}' both name '{}'", tensors_[found_[*slot]->tensor].name,
                      tensors_[i].name, slots_[*slot].name),
          {}, "Remove one of them from the file.");
    }
  }
  return {};
}

std::vector<Module> Matcher::modulesLeft(ParameterRole first) const {
  std::vector<Module> modules;
  std::map<std::string, std::size_t> positions;
  for (std::size_t i = 0; i < tensors_.size(); ++i) {
    const auto parts = free_[i] ? nameParts(tensors_[i].name) : std::nullopt;
    if (!parts) continue;
    const auto [position, is_new] = positions.emplace(parts->module, modules.size());
    if (is_new) modules.push_back({parts->module, {}});
    modules[position->second].tensors.emplace(parts->word, i);
  }
  const bool norms = first == ParameterRole::kGamma;
  std::erase_if(modules, [&](const Module& module) {
    return isNorm(module, tensors_) != norms || (!norms && !module.tensors.contains("weight"));
  });
  const auto by_letters = [](const Module& a, const Module& b) { return a.name < b.name; };
  if (std::is_sorted(modules.begin(), modules.end(), by_letters)) {
    std::stable_sort(modules.begin(), modules.end(), [](const Module& a, const Module& b) {
      return naturallyBefore(a.name, b.name);
    });
  }
  return modules;
}

std::vector<LayerSlots> Matcher::layersLeft(ParameterRole first) const {
  std::vector<LayerSlots> layers;
  for (std::size_t i = 0; i < slots_.size(); ++i) {
    if (slots_[i].role != first || found_[i]) continue;
    LayerSlots& layer = layers.emplace_back();
    for (std::size_t j = i; j < slots_.size() && slots_[j].layer == slots_[i].layer; ++j) {
      if (!found_[j]) layer.push_back(j);
    }
  }
  return layers;
}

std::optional<std::size_t> Matcher::tensorFor(const Module& module, std::size_t slot) const {
  for (const auto& [word, tensor] : module.tensors) {
    if (wordFits(word, slots_[slot].role) &&
        sameShape(tensors_[tensor].shape, slots_[slot].shape)) {
      return tensor;
    }
  }
  return std::nullopt;
}

void Matcher::matchByOrder(ParameterRole first) {
  const std::vector<Module> modules = modulesLeft(first);
  const std::vector<LayerSlots> layers = layersLeft(first);
  if (modules.size() != layers.size()) return;
  for (std::size_t i = 0; i < layers.size(); ++i) {
    if (!tensorFor(modules[i], layers[i].front())) return;
  }
  for (std::size_t i = 0; i < layers.size(); ++i) {
    for (const std::size_t slot : layers[i]) {
      if (const auto tensor = tensorFor(modules[i], slot)) take(slot, *tensor, kOrderAndShape);
    }
  }
}

}  // namespace

Result<std::vector<std::optional<SlotMatch>>> matchSlots(const std::vector<ParameterSlot>& slots,
                                                         const std::vector<NamedTensor>& tensors,
                                                         const std::vector<bool>& usable) {
  return Matcher(slots, tensors, usable).match();
}

bool sameShape(std::vector<std::int64_t> a, std::vector<std::int64_t> b) {
  while (!a.empty() && a.back() == 1) a.pop_back();
  while (!b.empty() && b.back() == 1) b.pop_back();
  return a == b;
}

}  // namespace a2q
