// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <utility>
#include <vector>

#include "core/network/experiment.h"
#include "core/network/key_collector.h"
#include "core/network/toml_text.h"

namespace a2q {
namespace {

std::size_t kindIndex(const LayerKind& kind) {
  const auto& kinds = layerKinds();
  std::size_t index = 0;
  while (index + 1 < kinds.size() && kindName(kinds[index].prototype) != kindName(kind)) ++index;
  return index;
}

void writeRow(std::string& out, const KeyRow& row) {
  if (!row.text.empty()) out += fmt::format("{} = {}\n", row.key, row.text);
}

/// Only what differs from the defaults of the kind: a layer stays as short as by hand.
void writeKind(std::string& out, const LayerKind& kind, const LayerKind& prototype) {
  const auto rows = rowsOf(kind);
  const auto defaults = rowsOf(prototype);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const KeyRow& row = rows[i];
    const std::string& usual = row.fallback.text.empty() ? defaults[i].text : row.fallback.text;
    if (row.presence == Presence::kRequired || row.text != usual) writeRow(out, row);
  }
}

void writeLayer(std::string& out, const LayerSpec& layer, const LayerSpec* before) {
  LayerHead head{layer.name, kindIndex(layer.kind), {}, {}};
  const bool is_input = std::holds_alternative<InputLayer>(layer.kind);
  std::vector<std::string> usual;
  if (!is_input && before != nullptr) usual.push_back(before->name);
  const bool short_form = layer.inputs.size() == 1;
  (short_form ? head.input : head.inputs) = layer.inputs;
  out += "\n[[layer]]\n";
  for (const KeyRow& row : rowsOf(head)) {
    const bool names_inputs = row.key == "input" || row.key == "inputs";
    const bool wanted = layer.inputs != usual && (row.key == "input") == short_form;
    if (!names_inputs || wanted) writeRow(out, row);
  }
  writeKind(out, layer.kind, layerKinds()[head.kind].prototype);
}

std::string layersText(const NetworkSpec& network) {
  std::string out;
  const LayerSpec* before = nullptr;
  for (const LayerSpec& layer : network.layers) {
    writeLayer(out, layer, before);
    before = &layer;
  }
  return out;
}

std::string overridesText(const QuantSpec& quant) {
  std::string out;
  for (const auto& [name, change] : quant.layers) {
    out += fmt::format("\n[quant.layers.{}]\n", tomlKey(name));
    for (const KeyRow& row : rowsOf(change)) writeRow(out, row);
  }
  return out;
}

/// The tables with one first word, "quant" of "quant.first".
struct Section {
  std::string name;
  std::string text;
};

/// In the order of the keys, without the overrides of single layers, which a file has at its end.
std::vector<Section> sectionsOf(const Experiment& experiment) {
  std::vector<Section> sections;
  std::string table;
  for (const KeyRow& row : rowsOf(experiment)) {
    if (row.table != table) {
      table = row.table;
      const std::string name = table.substr(0, table.find('.'));
      const bool begins = sections.empty() || sections.back().name != name;
      if (begins) sections.push_back({name, {}});
      sections.back().text += fmt::format("{}[{}]\n", begins ? "" : "\n", table);
    }
    writeRow(sections.back().text, row);
  }
  // The layers stand behind the name of the network, as in a file written by hand.
  for (Section& section : sections) {
    if (section.name == "network") section.text += layersText(experiment.network);
  }
  return sections;
}

}  // namespace

std::string writeExperiment(const Experiment& experiment) {
  std::string out;
  for (const Section& section : sectionsOf(experiment)) {
    if (!out.empty()) out += '\n';
    out += section.text;
  }
  return out + overridesText(experiment.quant);
}

std::map<std::string, std::string> writeSections(const Experiment& experiment) {
  std::map<std::string, std::string> out;
  for (Section& section : sectionsOf(experiment)) out[section.name] = std::move(section.text);
  out["quant"] += overridesText(experiment.quant);
  return out;
}

}  // namespace a2q
