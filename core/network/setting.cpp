// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>

#include "core/network/experiment.h"
#include "core/network/known_keys.h"
#include "core/network/spec_fault.h"
#include "core/network/spec_reader.h"

namespace a2q {
namespace {

constexpr std::string_view kLayer = "layer.";
constexpr std::string_view kOverride = "quant.layers.";

/// A dotted key taken apart: the table it is in and its last part. Names of layers may hold dots,
/// so a layer's name is all that stands between.
struct SettingPath {
  std::string table;
  std::string layer;
  std::string key;
};

SettingPath pathOf(std::string_view dotted) {
  const std::size_t last = dotted.rfind('.');
  if (last == std::string_view::npos) return {"", "", std::string(dotted)};
  const auto middle = [&](std::string_view prefix) {
    return last > prefix.size() ? std::string(dotted.substr(prefix.size(), last - prefix.size()))
                                : std::string();
  };
  const std::string key(dotted.substr(last + 1));
  if (dotted.starts_with(kLayer)) return {"layer", middle(kLayer), key};
  if (dotted.starts_with(kOverride)) return {"quant.layers", middle(kOverride), key};
  return {std::string(dotted.substr(0, last)), "", key};
}

/// The fixed keys there are, and the patterns of the repeated ones.
tl::unexpected<Error> unknownKey(std::string_view dotted) {
  std::vector<std::string> known;
  for (const KeyInfo& info : knownKeys()) {
    if (info.table != "layer" && info.table != "quant.layers.NAME") {
      known.push_back(info.table + "." + info.key);
    }
  }
  const std::vector<std::string_view> candidates(known.begin(), known.end());
  return fail(ErrorCode::kUnknownKey, fmt::format("there is no setting {}", inQuotes(dotted)), {},
              didYouMean(dotted, candidates) +
                  "Settings are table.key, layer.NAME.key and quant.layers.NAME.key; "
                  "see 'a2q keys'.");
}

bool isFixedKey(const SettingPath& path) {
  const auto keys = knownKeys();
  return std::any_of(keys.begin(), keys.end(), [&](const KeyInfo& info) {
    return info.table == path.table && info.key == path.key;
  });
}

toml::table* inside(toml::table& parent, std::string_view name) {
  return parent.insert(name, toml::table{}).first->second.as_table();
}

/// The table that a setting belongs to, made if it is a table of settings.
toml::table* tableOf(toml::table& root, const SettingPath& path) {
  if (path.table == "layer") {
    toml::array* layers = root["layer"].as_array();
    for (std::size_t i = 0; layers != nullptr && i < layers->size(); ++i) {
      toml::table* layer = (*layers)[i].as_table();
      if (layer != nullptr && (*layer)["name"].value<std::string>() == path.layer) return layer;
    }
    return nullptr;
  }
  toml::table* table = &root;
  for (std::size_t at = 0; table != nullptr && at < path.table.size();) {
    const std::size_t dot = std::min(path.table.find('.', at), path.table.size());
    table = inside(*table, std::string_view(path.table).substr(at, dot - at));
    at = dot + 1;
  }
  return table != nullptr && path.table == "quant.layers" ? inside(*table, path.layer) : table;
}

/// The value of "value = TEXT"; nothing when TEXT is no single TOML value.
std::optional<toml::table> typedValue(std::string_view text, const ReadContext& context) {
  auto parsed = parseToml("value = " + std::string(text), context);
  if (!parsed || parsed->size() != 1) return std::nullopt;
  return std::move(*parsed);
}

Result<Experiment> tryValue(const toml::table& root, const SettingPath& path,
                            const toml::node& value, const ReadContext& context) {
  toml::table changed = root;
  toml::table* table = tableOf(changed, path);
  // The short form and the list of inputs exclude each other; the one that is set stays.
  if (path.table == "layer" && path.key == "input") table->erase("inputs");
  if (path.table == "layer" && path.key == "inputs") table->erase("input");
  table->insert_or_assign(path.key, value);
  return experimentOf(changed, context);
}

}  // namespace

Result<Experiment> withSetting(const Experiment& experiment, std::string_view key,
                               std::string_view value) {
  const SettingPath path = pathOf(key);
  const bool repeated = path.table == "layer" || path.table == "quant.layers";
  if (repeated ? path.layer.empty() : !isFixedKey(path)) return unknownKey(key);
  ReadContext context;
  context.source = fmt::format("setting {} to {}", inQuotes(key), inQuotes(value));
  context.positions = Positions::kHidden;
  context.unknown_key = ErrorCode::kUnknownKey;
  auto root = parseToml(writeExperiment(experiment), context);
  if (!root) return forward(std::move(root));
  if (tableOf(*root, path) == nullptr) {
    std::vector<std::string_view> names;
    for (const LayerSpec& layer : experiment.network.layers) names.emplace_back(layer.name);
    return fail(ErrorCode::kGraphReference,
                fmt::format("{}: there is no layer {}", context.source, inQuotes(path.layer)), {},
                didYouMean(path.layer, names) + "Name a layer of the network.");
  }
  const toml::value<std::string> as_text{std::string(value)};
  const auto typed = typedValue(value, context);
  if (!typed) return tryValue(*root, path, as_text, context);
  auto result = tryValue(*root, path, *typed->get("value"), context);
  if (result || typed->get("value")->is_string()) return result;
  // 2024 may be the name of a folder: what is no good as typed may be good as a word.
  auto word = tryValue(*root, path, as_text, context);
  return word ? std::move(word) : std::move(result);
}

}  // namespace a2q
