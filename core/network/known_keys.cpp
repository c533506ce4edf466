// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/known_keys.h"

#include "core/network/key_collector.h"

namespace a2q {
namespace {

void append(std::vector<KeyInfo>& keys, const std::vector<KeyRow>& rows, const std::string& table,
            std::string_view kind) {
  for (const KeyRow& row : rows) {
    const bool required = row.presence == Presence::kRequired;
    const std::string value = row.fallback.words.empty() ? row.text : row.fallback.words;
    keys.push_back({row.table.empty() ? table : row.table, std::string(kind), row.key, row.expected,
                    required ? std::string() : value, required, row.meaning});
  }
}

}  // namespace

std::vector<KeyInfo> knownKeys() {
  std::vector<KeyInfo> keys;
  append(keys, rowsOf(LayerHead{}), "layer", "");
  for (const KindRow& kind : layerKinds()) {
    append(keys, rowsOf(kind.prototype), "layer", kindName(kind.prototype));
  }
  append(keys, rowsOf(QuantOverride{}), "quant.layers.NAME", "");
  append(keys, rowsOf(Experiment{}), "", "");
  return keys;
}

}  // namespace a2q
