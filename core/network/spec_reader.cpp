// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/spec_reader.h"

#include <fmt/format.h>

#include "core/network/spec_fault.h"
#include "core/network/toml_guard.h"

namespace a2q {
namespace {

constexpr std::size_t kMostLayers = 10'000;

/// The head of a layer and the reader that saw it go on with the keys of its kind.
LayerSpec readLayer(const toml::table& table, const LayerSpec* before, ReadContext& context) {
  const auto name = table["name"].value_exact<std::string>();
  TableReader reader(table, "layer", name ? "layer " + inQuotes(*name) : "[[layer]]", context);
  LayerHead head;
  describe(reader, head);
  LayerSpec layer{head.name, layerKinds()[head.kind].prototype, head.inputs};
  // Without a kind, the other keys cannot be judged: the missing kind is what is wrong.
  if (!table.contains("kind")) {
    if (!context.error) {
      context.report(
          table.source().begin,
          makeError(ErrorCode::kSpecValue,
                    fmt::format("key 'kind' is missing in {}",
                                name ? "layer " + inQuotes(*name) : "a [[layer]]"),
                    "every layer has a kind", "Add a line 'kind = \"conv2d\"' or another kind."));
    }
    return layer;
  }
  describe(reader, layer.kind);
  reader.finish();
  if (table.contains("input") && table.contains("inputs")) {
    context.report(
        table.get("inputs")->source().begin,
        makeError(ErrorCode::kSpecValue,
                  fmt::format("layer {} has both 'input' and 'inputs'", inQuotes(head.name)), {},
                  "Keep one of the two."));
  }
  if (!head.input.empty()) layer.inputs = head.input;
  const bool follows = !table.contains("input") && !table.contains("inputs") &&
                       !std::holds_alternative<InputLayer>(layer.kind) && before != nullptr;
  if (follows) layer.inputs = {before->name};
  return layer;
}

void readLayers(const toml::node* node, NetworkSpec& network, ReadContext& context) {
  if (node == nullptr || context.error) return;
  const toml::array* layers = node->as_array();
  if (layers == nullptr || !layers->is_homogeneous<toml::table>()) {
    const bool empty = layers != nullptr && layers->empty();
    if (empty) return;
    context.report(node->source().begin,
                   makeError(ErrorCode::kSpecValue, "'layer' is no array of tables",
                             fmt::format("found {}", foundIn(*node)),
                             "Begin each layer with a line [[layer]]."));
    return;
  }
  if (layers->size() > kMostLayers) {
    context.report(
        node->source().begin,
        makeError(ErrorCode::kSpecValue, fmt::format("the network has {} layers", layers->size()),
                  fmt::format("at most {} are taken", kMostLayers)));
    return;
  }
  network.layers.reserve(layers->size());
  for (const toml::node& layer : *layers) {
    const LayerSpec* before = network.layers.empty() ? nullptr : &network.layers.back();
    network.layers.push_back(readLayer(*layer.as_table(), before, context));
    if (context.error) return;
  }
}

void readOverrides(const toml::node* node, QuantSpec& quant, ReadContext& context) {
  if (node == nullptr || context.error) return;
  const auto wrong = [&](const toml::node& where, const std::string& path) {
    context.report(where.source().begin,
                   makeError(ErrorCode::kSpecValue, fmt::format("'{}' is no table", path),
                             fmt::format("expected a table, found {}", foundIn(where)),
                             "Write settings of a layer under [quant.layers.NAME]."));
  };
  const toml::table* layers = node->as_table();
  if (layers == nullptr) return wrong(*node, "quant.layers");
  for (auto&& [name, value] : *layers) {
    const std::string path = "quant.layers." + std::string(name.str());
    const toml::table* table = value.as_table();
    if (table == nullptr) return wrong(value, path);
    TableReader reader(*table, path, "[" + path + "]", context);
    describe(reader, quant.layers[std::string(name.str())]);
    reader.finish();
  }
}

/// Where the tree holds what a fault is about: the layer's table, or the table or key of a setting
/// (as deep as it is there; names of layers may hold dots).
toml::source_position placeOf(const toml::table& root, const SpecFault& fault) {
  if (fault.layer) {
    const toml::array* layers = root["layer"].as_array();
    const toml::node* layer = layers != nullptr ? layers->get(*fault.layer) : nullptr;
    return layer != nullptr ? layer->source().begin : toml::source_position{};
  }
  constexpr std::string_view kOverrides = "quant.layers.";
  if (fault.setting.starts_with(kOverrides)) {
    const auto node = root["quant"]["layers"][fault.setting.substr(kOverrides.size())];
    return node ? node.node()->source().begin : toml::source_position{};
  }
  const auto node = root.at_path(fault.setting);
  return node ? node.node()->source().begin : toml::source_position{};
}

Result<Experiment> located(SpecFault fault, const toml::table& root, ReadContext& context) {
  context.report(placeOf(root, fault), std::move(fault.error));
  return tl::make_unexpected(*context.error);
}

}  // namespace

Result<toml::table> parseToml(std::string_view text, const ReadContext& context) {
  if (const std::size_t nul = text.find('\0'); nul != std::string_view::npos) {
    return fail(ErrorCode::kSpecSyntax, fmt::format("{}: byte {} is NUL", context.source, nul),
                "a specification is UTF-8 text");
  }
  if (const auto deep = findDeepNesting(text)) {
    const toml::source_position where{static_cast<toml::source_index>(deep->line),
                                      static_cast<toml::source_index>(deep->column)};
    return fail(ErrorCode::kSpecSyntax, context.prefix(where) + "values or keys nest too deep",
                "at most 32 levels are taken");
  }
  try {
    return toml::parse(text, std::string_view(context.source));
  } catch (const toml::parse_error& problem) {
    return fail(ErrorCode::kSpecSyntax,
                context.prefix(problem.source().begin) + std::string(problem.description()));
  } catch (const std::exception& problem) {
    return fail(ErrorCode::kSpecSyntax, context.source + ": " + problem.what());
  }
}

Result<Experiment> experimentOf(const toml::table& root, ReadContext context) {
  Experiment experiment;
  TableReader reader(root, "", "the file", context);
  const toml::node* layers = reader.claim("layer");
  describe(reader, experiment);
  reader.finish();
  readLayers(layers, experiment.network, context);
  readOverrides(root["quant"]["layers"].node(), experiment.quant, context);
  if (context.error) return tl::make_unexpected(std::move(*context.error));
  auto graph = resolveGraph(experiment.network);
  if (!graph) return located(std::move(graph).error(), root, context);
  auto plan = checkPlan(experiment.network, *graph, experiment.quant);
  if (!plan) return located(std::move(plan).error(), root, context);
  return experiment;
}

}  // namespace a2q
