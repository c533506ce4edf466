// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/integer/exchange/network_text.h"

#include <nlohmann/json.hpp>

#include "core/base/version.h"
#include "core/integer/exchange/accumulator_facts.h"
#include "core/integer/exchange/node_names.h"

namespace a2q {
namespace {

using Json = nlohmann::ordered_json;

Json json(const Extent& extent) { return {extent.height, extent.width}; }
Json json(const IntegerRange& range) { return {range.minimum, range.maximum}; }
Json json(const IntegerFormat& format) {
  return {{"bits", format.width.bits}, {"signed", format.isSigned()}};
}

/// The word for an operation and what it computes.
struct Meaning {
  const char* word;
  const char* text;
};

struct MeaningOf {
  Meaning operator()(const CodeInput&) const {
    return {"code_input",
            "integer codes; of an 8-bit value p: clip(floor((p - data_offset)/data_step + 1/2), "
            "range)"};
  }
  Meaning operator()(const DotProduct&) const {
    return {"dot_product",
            "convolution with zero padding: weights[output channel, input channel of its group, "
            "row, column]; a fully connected layer has a kernel as large as its input"};
  }
  Meaning operator()(const Thresholds&) const {
    return {"thresholds",
            "least value of the format + the number of entries of row c of thresholds that are at "
            "most the input, in channel c"};
  }
  Meaning operator()(const Pool& pool) const {
    if (pool.operation == PoolOperation::kSum) {
      return {"sum_pool", "sum of the window; padding counts as 0"};
    }
    return {"maximum_pool", "maximum of the window; padding does not count"};
  }
  Meaning operator()(const Sum&) const { return {"sum", "element-wise sum of the inputs"}; }
  Meaning operator()(const Concat&) const {
    return {"concatenation", "channels of the inputs one after the other"};
  }
  Meaning operator()(const Resize&) const {
    return {"resize", "every value repeated factor times in both directions"};
  }
  Meaning operator()(const PixelShuffle&) const {
    return {"pixel_shuffle",
            "output (c, y*r + i, x*r + j) is input (c*r*r + i*r + j, y, x), r = factor"};
  }
  Meaning operator()(const Flatten&) const {
    return {"flatten", "channels, rows, columns in this order become channels"};
  }
  Meaning operator()(const Scores&) const {
    return {"scores",
            "input * multipliers[c] + offsets[c] in channel c; the largest wins, the first of "
            "equal ones"};
  }
};

/// Adds to a node's entry what only its operation has.
struct Settings {
  Json& out;
  const IntegerNetwork& network;
  const IntegerNode& node;
  const std::string& name;

  void operator()(const CodeInput& input) const {
    out["format"] = json(input.layer.format);
    out["data_offset"] = input.layer.offset;
    out["data_step"] = input.layer.step;
  }
  void operator()(const DotProduct& dot) const {
    const IntegerWeights& weights = dot.weights;
    const AccumulatorFacts facts =
        accumulatorFacts(weights, network.nodes[node.inputs.front()].range);
    out["kernel"] = json(dot.kernel);
    out["stride"] = json(dot.stride);
    out["padding"] = json(dot.padding);
    out["groups"] = dot.groups;
    out["weight_bits"] = weights.weight_bits.bits;
    out["accumulator_bits"] = weights.accumulator ? Json(weights.accumulator->bits) : Json(nullptr);
    out["safe_accumulator_bits"] = facts.smallest.bits;
    out["weights"] = name + ".weights";
  }
  void operator()(const Thresholds& thresholds) const {
    out["format"] = json(thresholds.format);
    out["thresholds"] = name + ".thresholds";
  }
  void operator()(const Pool& pool) const {
    out["kernel"] = json(pool.kernel);
    out["stride"] = json(pool.stride);
    out["padding"] = json(pool.padding);
  }
  void operator()(const Sum&) const {}
  void operator()(const Concat&) const {}
  void operator()(const Resize& resize) const { out["factor"] = resize.factor; }
  void operator()(const PixelShuffle& shuffle) const { out["factor"] = shuffle.factor; }
  void operator()(const Flatten&) const {}
  void operator()(const Scores&) const {
    out["multipliers"] = name + ".multipliers";
    out["offsets"] = name + ".offsets";
  }
};

Json nodeJson(const IntegerNetwork& network, std::size_t index,
              const std::vector<std::string>& names) {
  const IntegerNode& node = network.nodes[index];
  Json inputs = Json::array();
  for (const std::size_t input : node.inputs) inputs.push_back(names[input]);
  Json out = {{"name", names[index]},
              {"operation", std::visit(MeaningOf{}, node.operation).word},
              {"inputs", std::move(inputs)},
              {"shape", {node.output.channels, node.output.height, node.output.width}},
              {"range", json(node.range)},
              {"scale", node.scale ? Json(*node.scale) : Json(nullptr)}};
  std::visit(Settings{out, network, node, names[index]}, node.operation);
  return out;
}

}  // namespace

std::string networkText(const IntegerNetwork& network) {
  const std::vector<std::string> names = nodeNames(network);
  Json operations = Json::object();
  Json nodes = Json::array();
  for (std::size_t i = 0; i < network.nodes.size(); ++i) {
    const Meaning meaning = std::visit(MeaningOf{}, network.nodes[i].operation);
    operations[meaning.word] = meaning.text;
    nodes.push_back(nodeJson(network, i, names));
  }
  const Json document = {{"schema", "a2q-integer-network-1"},
                         {"program", "a2q " + std::string(version())},
                         {"network", network.name},
                         {"input", names.front()},
                         {"output", names.back()},
                         {"operations", std::move(operations)},
                         {"nodes", std::move(nodes)}};
  return document.dump(1) + "\n";
}

}  // namespace a2q
