// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/changed_settings.h"

#include <algorithm>

#include "core/network/experiment.h"
#include "core/network/key_collector.h"

namespace a2q {
namespace {

/// The text without the quotes of a TOML string: --set takes a bare word.
std::string bare(const std::string& text) {
  const bool quoted = text.size() >= 2 && text.front() == '"' && text.back() == '"';
  return quoted ? text.substr(1, text.size() - 2) : text;
}

/// The rows of `to` whose text differs; both lists hold the same keys in the same order.
void append(std::vector<ChangedSetting>& out, const std::vector<KeyRow>& from,
            const std::vector<KeyRow>& to, const std::string& table) {
  for (std::size_t i = 0; i < to.size(); ++i) {
    if (to[i].text == from[i].text || to[i].text.empty()) continue;
    out.push_back({(table.empty() ? to[i].table : table) + "." + to[i].key, bare(to[i].text)});
  }
}

}  // namespace

std::vector<ChangedSetting> changedSettings(const QuantSpec& from, const QuantSpec& to) {
  Experiment before;
  before.quant = from;
  Experiment after;
  after.quant = to;
  std::vector<ChangedSetting> out;
  append(out, rowsOf(before), rowsOf(after), {});
  for (const auto& [name, change] : to.layers) {
    const auto found = from.layers.find(name);
    const QuantOverride none;
    append(out, rowsOf(found == from.layers.end() ? none : found->second), rowsOf(change),
           "quant.layers." + name);
  }
  return out;
}

}  // namespace a2q
