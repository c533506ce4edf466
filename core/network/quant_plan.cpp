// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/quant_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "core/network/code_ranges.h"
#include "core/network/quant_checks.h"
#include "core/network/spec_fault.h"

namespace a2q {
namespace {

bool trainsForAccumulator(QuantMethod method) {
  return method == QuantMethod::kA2q || method == QuantMethod::kA2qPlus;
}

/// Applies defaults, edge policies and overrides. The first and the last layer are those with
/// weights; a layer that is both follows the policy of the first.
class Planner {
 public:
  Planner(const NetworkSpec& network, const NetworkGraph& graph, const QuantSpec& quant)
      : network_(network), graph_(graph), quant_(quant) {}

  Checked<QuantPlan> plan();

 private:
  [[nodiscard]] const LayerSpec& layer(std::size_t node) const {
    return network_.layers[graph_.nodes[node].layer];
  }
  [[nodiscard]] const QuantOverride& changes(std::size_t node) const {
    static const QuantOverride none;
    const auto found = quant_.layers.find(layer(node).name);
    return found == quant_.layers.end() ? none : found->second;
  }
  [[nodiscard]] const EdgePolicy* edgeOf(std::size_t node) const;
  void findOwners();
  [[nodiscard]] std::map<std::size_t, BitWidth> bitsOfOwners() const;
  [[nodiscard]] Checked<void> planActivations();
  [[nodiscard]] Checked<void> planLayer(std::size_t node, const NodeCodes& input);
  void setDimensions(WeightPlan& plan) const;
  [[nodiscard]] Checked<void> setMethod(WeightPlan& plan) const;
  [[nodiscard]] Checked<void> checkBudget(const WeightPlan& plan) const;

  const NetworkSpec& network_;
  const NetworkGraph& graph_;
  const QuantSpec& quant_;
  std::vector<std::size_t> weighted_;
  std::map<std::size_t, std::size_t> owners_;  // activation node -> node that owns its scale
  std::map<std::size_t, IntegerFormat> formats_;
  QuantPlan plan_;
};

Checked<QuantPlan> Planner::plan() {
  if (auto status = checkQuantSpec(network_, quant_); !status) {
    return tl::make_unexpected(std::move(status).error());
  }
  for (std::size_t node = 0; node < graph_.nodes.size(); ++node) {
    if (hasWeights(layer(node))) weighted_.push_back(node);
  }
  if (auto status = planActivations(); !status) {
    return tl::make_unexpected(std::move(status).error());
  }
  const auto codes = codeRanges(network_, graph_, [this](std::size_t node) {
    return ActivationFormat{formats_.at(node), owners_.at(node)};
  });
  for (const std::size_t node : weighted_) {
    auto status = planLayer(node, codes[graph_.nodes[node].inputs[0]]);
    if (!status) return tl::make_unexpected(std::move(status).error());
  }
  // What was planned was checked; a float network then quantizes nothing.
  if (quant_.method == QuantMethod::kFloat) plan_.activations.clear();
  return std::move(plan_);
}

void Planner::findOwners() {
  std::map<std::string_view, std::size_t> by_name;
  for (std::size_t node = 0; node < graph_.nodes.size(); ++node) {
    if (std::holds_alternative<ActivationLayer>(layer(node).kind)) {
      by_name.emplace(layer(node).name, node);
    }
  }
  for (const auto& [name, node] : by_name) {
    const std::string& share = std::get<ActivationLayer>(layer(node).kind).share;
    owners_[node] = share.empty() ? node : by_name.at(share);
  }
}

/// The bits of each owner of a scale; they follow the last layer's policy when any activation of
/// that scale feeds the last layer.
std::map<std::size_t, BitWidth> Planner::bitsOfOwners() const {
  std::map<std::size_t, BitWidth> bits;
  if (!weighted_.empty()) {
    for (const std::size_t node : quantizersBefore(network_, graph_, weighted_.back())) {
      bits[owners_.at(node)] = quant_.last.activation_bits;
    }
  }
  for (const auto& [node, owner] : owners_) {
    const auto changed = changes(owner).activation_bits;
    if (changed) bits[owner] = *changed;
    bits.emplace(owner, quant_.activation_bits);
  }
  return bits;
}

Checked<void> Planner::planActivations() {
  findOwners();
  const auto bits = bitsOfOwners();
  for (const auto& [node, owner] : owners_) {
    const Signedness sign = std::get<ActivationLayer>(layer(node).kind).sign;
    const bool signs_differ = sign != std::get<ActivationLayer>(layer(owner).kind).sign;
    const auto own_bits = changes(node).activation_bits;
    if (signs_differ || (own_bits && *own_bits != bits.at(owner))) {
      return faultAt(graph_.nodes[node].layer,
                     makeError(ErrorCode::kSpecValue,
                               fmt::format("activations {} and {} share a scale but differ in {}",
                                           inQuotes(layer(node).name), inQuotes(layer(owner).name),
                                           signs_differ ? "sign" : "bits"),
                               "codes of one scale must have one format to be added",
                               "Give both the same 'signed', and bits only to the owner."));
    }
    formats_[node] = IntegerFormat{bits.at(owner), sign};
    plan_.activations.push_back({node, formats_[node]});
  }
  return {};
}

const EdgePolicy* Planner::edgeOf(std::size_t node) const {
  if (node == weighted_.front()) return &quant_.first;
  if (node == weighted_.back()) return &quant_.last;
  return nullptr;
}

Checked<void> Planner::planLayer(std::size_t node, const NodeCodes& input) {
  WeightPlan plan;
  plan.node = node;
  setDimensions(plan);
  const EdgePolicy* edge = edgeOf(node);
  plan.weight_bits = edge != nullptr ? edge->weight_bits : quant_.weight_bits;
  plan.weight_bits = changes(node).weight_bits.value_or(plan.weight_bits);
  if (input.codes) {
    plan.input_range = input.codes->range;
    plan.input_format = formatOf(plan.input_range);
  } else if (quant_.method != QuantMethod::kFloat) {
    return faultAt(
        graph_.nodes[node].layer,
        makeError(
            ErrorCode::kSpecValue,
            fmt::format("the input of layer {} is not quantized", inQuotes(layer(node).name)),
            input.reason,
            fmt::format("Put an activation layer in front of {}.", inQuotes(layer(node).name))));
  }
  if (auto status = setMethod(plan); !status) return status;
  if (plan.rule) {
    if (auto status = checkBudget(plan); !status) return status;
  }
  plan_.weights.push_back(plan);
  return {};
}

void Planner::setDimensions(WeightPlan& plan) const {
  const Shape& in = graph_.nodes[graph_.nodes[plan.node].inputs[0]].output;
  plan.channels = graph_.nodes[plan.node].output.channels;
  plan.k = in.size();
  if (const auto* conv = std::get_if<ConvLayer>(&layer(plan.node).kind)) {
    plan.k = in.channels / conv->groups * conv->kernel.height * conv->kernel.width;
  }
}

/// Method, P and rule. An edge layer without P is plain QAT; a hidden QAT layer keeps the P of a
/// QAT network, without a rule, so that the certificate can tell whether it would overflow.
Checked<void> Planner::setMethod(WeightPlan& plan) const {
  if (quant_.method == QuantMethod::kFloat) return {};
  const QuantOverride& change = changes(plan.node);
  const EdgePolicy* edge = edgeOf(plan.node);
  const std::optional<BitWidth> policy =
      edge != nullptr ? edge->accumulator_bits : std::optional(quant_.accumulator_bits);
  const bool has_target = change.accumulator_bits || policy;
  plan.method = change.method.value_or(has_target ? quant_.method : QuantMethod::kQat);
  const bool qat_by_exception =
      plan.method == QuantMethod::kQat && quant_.method != QuantMethod::kQat && edge == nullptr;
  plan.accumulator = change.accumulator_bits;
  if (!plan.accumulator && !qat_by_exception) plan.accumulator = policy;
  if (!trainsForAccumulator(plan.method)) return {};
  if (!plan.accumulator) {
    return faultAt("quant.layers." + layer(plan.node).name,
                   makeError(ErrorCode::kSpecValue,
                             fmt::format("layer {} has method \"{}\" but no accumulator to "
                                         "train for",
                                         inQuotes(layer(plan.node).name), methodName(plan.method)),
                             "the first and the last layer are free unless told otherwise",
                             "Give it accumulator_bits as well."));
  }
  const auto* conv = std::get_if<ConvLayer>(&layer(plan.node).kind);
  const Shape& in = graph_.nodes[graph_.nodes[plan.node].inputs[0]].output;
  const bool depthwise = conv != nullptr && conv->groups > 1 && conv->groups == in.channels;
  // Zero-centring hurts the few weights of a depthwise channel [Colbert et al. 2024, App. B.2], so
  // there A2Q+ is taken only where it was asked for by name.
  const bool centred = plan.method == QuantMethod::kA2qPlus &&
                       (!depthwise || change.method == QuantMethod::kA2qPlus);
  plan.rule = centred ? L1Rule::kA2qPlus : L1Rule::kA2q;
  return {};
}

Checked<void> Planner::checkBudget(const WeightPlan& plan) const {
  const BitWidth least = leastUsefulAccumulator(*plan.rule, plan.input_format);
  if (*plan.accumulator >= least) return {};
  const L1Budget budget = l1Budget(*plan.rule, *plan.accumulator, plan.input_format);
  return faultAt(
      graph_.nodes[plan.node].layer,
      makeError(ErrorCode::kAccumulatorTooSmall,
                fmt::format("layer {}: an accumulator of P = {} bits allows no weights for {} "
                            "inputs of N = {} bits",
                            inQuotes(layer(plan.node).name), plan.accumulator->bits,
                            plan.input_format.isSigned() ? "signed" : "unsigned",
                            plan.input_format.width.bits),
                fmt::format("the budget of ‖q‖₁ is {:.3g}, which leaves {}", budget.value(),
                            *plan.rule == L1Rule::kA2qPlus ? "less than one weight of each sign"
                                                           : "every weight zero"),
                fmt::format("Raise accumulator_bits to {} or more for this layer, or lower "
                            "activation_bits.",
                            least.bits)));
}

}  // namespace

Checked<QuantPlan> checkPlan(const NetworkSpec& network, const NetworkGraph& graph,
                             const QuantSpec& quant) {
  return Planner(network, graph, quant).plan();
}

Result<QuantPlan> planQuantization(const NetworkSpec& network, const NetworkGraph& graph,
                                   const QuantSpec& quant) {
  return withoutPlace(checkPlan(network, graph, quant));
}

}  // namespace a2q
