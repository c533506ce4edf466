// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/design/folding_file.h"

#include <fmt/format.h>

#include <charconv>

#include "core/base/atomic_file.h"
#include "core/network/spec_reader.h"
#include "core/network/toml_text.h"

namespace a2q {
namespace {

constexpr std::array kMemories = {WordRow<MemoryStyle>{"logic", MemoryStyle::kLogic},
                                  WordRow<MemoryStyle>{"block", MemoryStyle::kBlock}};
constexpr std::array kStyles = {
    WordRow<ThresholdStyle>{"parallel", ThresholdStyle::kParallel},
    WordRow<ThresholdStyle>{"binary_search", ThresholdStyle::kBinarySearch}};

/// Reads a key into an optional that stays empty where the key is absent.
template <class T>
void optionalKey(TableReader& reader, const toml::table& table, Key key, std::optional<T>& value,
                 FieldPointer (*field)(T&)) {
  T read{};
  reader.key(key, field(read));
  if (table.contains(key.name)) value = read;
}

FieldPointer lanes(std::int64_t& value) { return integer(value, 1); }
FieldPointer memory(MemoryStyle& value) {
  return word(value, std::span<const WordRow<MemoryStyle>>(kMemories));
}
FieldPointer style(ThresholdStyle& value) {
  return word(value, std::span<const WordRow<ThresholdStyle>>(kStyles));
}

FoldingOverride readLayer(const toml::table& table, std::string_view name, ReadContext& context) {
  const std::string path = "layer." + std::string(name);
  TableReader reader(table, path, "[" + path + "]", context);
  FoldingOverride change;
  optionalKey(reader, table, {"pe", "values given a beat"}, change.pe, lanes);
  optionalKey(reader, table, {"simd", "values taken a beat"}, change.simd, lanes);
  optionalKey(reader, table, {"weights", "where weights are kept"}, change.weights, memory);
  optionalKey(reader, table, {"thresholds", "how codes are found"}, change.thresholds, style);
  reader.finish();
  return change;
}

std::optional<std::int64_t> numberOf(std::string_view text) {
  std::int64_t value = 0;
  const auto [stop, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc() || stop != text.data() + text.size() || value < 1) return {};
  return value;
}

}  // namespace

Result<FoldingOverrides> parseFolding(std::string_view toml, std::string_view source) {
  ReadContext context;
  context.source = std::string(source);
  const auto root = parseToml(toml, context);
  if (!root) return tl::make_unexpected(root.error());
  FoldingOverrides out;
  TableReader reader(*root, "", "the file", context);
  const toml::node* layers = reader.claim("layer");
  reader.finish();
  const toml::table* tables = layers == nullptr ? nullptr : layers->as_table();
  if (tables == nullptr && !context.error) {
    context.report(root->source().begin,
                   makeError(ErrorCode::kSpecValue, "the file folds no layer", {},
                             "Begin each layer with a line [layer.NAME]."));
  }
  if (context.error) return tl::make_unexpected(std::move(*context.error));
  for (auto&& [name, value] : *tables) {
    if (!value.is_table()) {
      context.report(
          value.source().begin,
          makeError(ErrorCode::kSpecValue, fmt::format("'layer.{}' is no table", name.str()),
                    fmt::format("found {}", foundIn(value))));
      break;
    }
    out[std::string(name.str())] = readLayer(*value.as_table(), name.str(), context);
  }
  if (context.error) return tl::make_unexpected(std::move(*context.error));
  return out;
}

Result<FoldingOverrides> readFolding(const std::filesystem::path& path) {
  const auto text = readFile(path);
  if (!text) return tl::make_unexpected(text.error());
  return parseFolding(*text, path.string());
}

Status addFolding(FoldingOverrides& overrides, std::string_view text) {
  const std::size_t equals = text.find('=');
  const std::string_view values = equals == std::string_view::npos ? "" : text.substr(equals + 1);
  const std::size_t comma = values.find(',');
  const auto pe = numberOf(values.substr(0, comma));
  std::optional<std::int64_t> simd;
  if (comma != std::string_view::npos) simd = numberOf(values.substr(comma + 1));
  if (!pe || (comma != std::string_view::npos && !simd)) {
    return fail(ErrorCode::kUsage, fmt::format("'{}' is no folding", text), {},
                "Write LAYER=PE or LAYER=PE,SIMD, for example conv1=4,2.");
  }
  FoldingOverride& change = overrides[std::string(text.substr(0, equals))];
  change.pe = pe;
  if (simd) change.simd = simd;
  return {};
}

std::string foldingText(const DesignNetwork& network, const FoldingSpec& folding) {
  std::string text;
  for (std::size_t i = 0; i < network.layers.size(); ++i) {
    const DesignLayer& layer = network.layers[i];
    LayerFolding one = folding.layers[i];
    text += fmt::format("[layer.{}]\npe = {}\n", tomlKey(layer.name), one.pe);
    if (layer.operation == DesignOperation::kDense) text += fmt::format("simd = {}\n", one.simd);
    if (layer.hasWeights()) text += fmt::format("weights = {}\n", memory(one.weights)->write());
    if (layer.thresholds) text += fmt::format("thresholds = {}\n", style(one.thresholds)->write());
    text += '\n';
  }
  return text;
}

}  // namespace a2q
