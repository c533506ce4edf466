// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/facts.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <map>
#include <string_view>
#include <unordered_map>

#include "core/network/key_collector.h"
#include "core/network/toml_text.h"

namespace a2q {
namespace {

void addRows(std::vector<Fact>& facts, const std::string& prefix, const std::vector<KeyRow>& rows) {
  for (const KeyRow& row : rows) {
    const std::string table = row.table.empty() ? std::string() : row.table + ".";
    facts.push_back({prefix + table + row.key, row.text});
  }
}

}  // namespace

std::vector<Fact> settingsOf(const Experiment& experiment) {
  std::vector<Fact> facts;
  addRows(facts, {}, rowsOf(experiment));
  std::vector<std::string> names;
  names.reserve(experiment.network.layers.size());
  for (const LayerSpec& layer : experiment.network.layers) names.push_back(layer.name);
  facts.push_back({"network.layers", fmt::format("{}", fmt::join(names, ", "))});
  for (const LayerSpec& layer : experiment.network.layers) {
    const std::string prefix = fmt::format("network.layers.{}.", tomlKey(layer.name));
    facts.push_back({prefix + "kind", std::string(kindName(layer.kind))});
    facts.push_back({prefix + "inputs", fmt::format("{}", fmt::join(layer.inputs, ", "))});
    addRows(facts, prefix, rowsOf(layer.kind));
  }
  for (const auto& [name, change] : experiment.quant.layers) {
    addRows(facts, fmt::format("quant.layers.{}.", tomlKey(name)), rowsOf(change));
  }
  return facts;
}

void compareFacts(const std::vector<Fact>& a, const std::vector<Fact>& b, const std::string& prefix,
                  std::vector<Difference>& out) {
  std::map<std::string_view, std::string_view> of_b;
  for (const Fact& fact : b) of_b.emplace(fact.where, fact.value);
  for (const Fact& fact : a) {
    const auto found = of_b.find(fact.where);
    const std::string other(found == of_b.end() ? std::string_view() : found->second);
    if (other != fact.value) out.push_back({prefix + fact.where, fact.value, other});
    if (found != of_b.end()) of_b.erase(found);
  }
  for (const Fact& fact : b) {
    if (of_b.contains(fact.where) && !fact.value.empty()) {
      out.push_back({prefix + fact.where, {}, fact.value});
    }
  }
}

std::vector<std::string> differingFacts(std::span<const std::vector<Fact>* const> lists) {
  struct Seen {
    std::string_view value;
    std::size_t lists = 0;  // that have it
    bool differs = false;
  };
  std::vector<std::string_view> order;
  std::unordered_map<std::string_view, Seen> seen;
  for (const std::vector<Fact>* list : lists) {
    for (const Fact& fact : *list) {
      const auto [place, is_new] = seen.try_emplace(fact.where, Seen{fact.value});
      if (is_new) order.push_back(fact.where);
      ++place->second.lists;
      place->second.differs = place->second.differs || place->second.value != fact.value;
    }
  }
  std::vector<std::string> out;
  for (const std::string_view where : order) {
    const Seen& found = seen.at(where);
    const bool missing = found.lists < lists.size() && !found.value.empty();
    if (found.differs || missing) out.emplace_back(where);
  }
  return out;
}

}  // namespace a2q
