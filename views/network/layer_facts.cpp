// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/network/layer_facts.h"

#include <QCoreApplication>

#include "core/network/parameter_count.h"
#include "views/common/number_text.h"

namespace a2q::views {
namespace {

class Words {
  Q_DECLARE_TR_FUNCTIONS(Network)
};

QString extentText(const Extent& extent) {
  return QStringLiteral("%1×%2").arg(extent.height).arg(extent.width);
}

bool isOne(const Extent& extent) { return extent == Extent{1, 1}; }

QString windowText(const Extent& kernel, const Extent& stride, const Extent& usual) {
  QString text = extentText(kernel);
  if (!(stride == usual)) text += QStringLiteral(" /") + QString::number(stride.height);
  return text;
}

/// What a card says about a kind besides its word; one overload a kind that has something to say.
struct Detail {
  QString operator()(const ConvLayer& conv) const {
    QString text = Words::tr("%1 filters %2").arg(conv.filters).arg(extentText(conv.kernel));
    if (!isOne(conv.stride)) text += QStringLiteral(" /%1").arg(conv.stride.height);
    if (conv.groups > 1) text += Words::tr(", %1 groups").arg(conv.groups);
    return text;
  }
  QString operator()(const LinearLayer& linear) const {
    return Words::tr("%1 features").arg(linear.features);
  }
  QString operator()(const PoolLayer& pool) const {
    if (pool.kernel == Extent{0, 0}) return Words::tr("whole plane");
    return windowText(pool.kernel, pool.stride, pool.kernel);
  }
  QString operator()(const ResizeLayer& resize) const {
    return QStringLiteral("×%1").arg(resize.factor);
  }
  QString operator()(const PixelShuffleLayer& shuffle) const {
    return QStringLiteral("×%1").arg(shuffle.factor);
  }
  template <class Other>
  QString operator()(const Other&) const {
    return {};
  }
};

/// The factors of K with their numbers.
QString dotTerms(const LayerKind& kind, const Shape& input) {
  if (const auto* conv = std::get_if<ConvLayer>(&kind)) {
    return QStringLiteral("%1/%2 · %3 · %4")
        .arg(input.channels)
        .arg(conv->groups)
        .arg(conv->kernel.height)
        .arg(conv->kernel.width);
  }
  return QString::number(input.size());
}

LayerFacts plainFacts(const Experiment& experiment, const NetworkGraph& graph, std::size_t node) {
  const GraphNode& place = graph.nodes[node];
  const LayerSpec& layer = experiment.network.layers[place.layer];
  LayerFacts facts;
  facts.name = QString::fromStdString(layer.name);
  const std::string_view kind = kindName(layer.kind);
  facts.kind = QString::fromUtf8(kind.data(), static_cast<qsizetype>(kind.size()));
  facts.detail = std::visit(Detail{}, layer.kind);
  for (const std::string& input : layer.inputs) facts.inputs << QString::fromStdString(input);
  facts.sources = place.inputs;
  facts.output = place.output;
  if (!place.inputs.empty()) {
    const Shape& input = graph.nodes[place.inputs.front()].output;
    facts.parameters = parameterCount(layer.kind, input);
    if (hasWeights(layer)) facts.dot_terms = dotTerms(layer.kind, input);
  }
  if (const auto* input = std::get_if<InputLayer>(&layer.kind)) facts.format = input->format;
  if (const auto* activation = std::get_if<ActivationLayer>(&layer.kind)) {
    facts.share = QString::fromStdString(activation->share);
  }
  return facts;
}

void addWeights(LayerFacts& facts, const WeightPlan& plan) {
  facts.weights = plan;
  if (plan.method == QuantMethod::kFloat) return;
  facts.data_type_bound = dataTypeBound(plan.k, plan.weight_bits, plan.input_format);
  if (plan.rule && plan.accumulator) {
    facts.budget = l1Budget(*plan.rule, *plan.accumulator, plan.input_format);
  }
}

}  // namespace

int NetworkFacts::find(const QString& name) const {
  for (std::size_t i = 0; i < layers.size(); ++i) {
    if (layers[i].name == name) return static_cast<int>(i);
  }
  return -1;
}

Result<NetworkFacts> networkFacts(const Experiment& experiment) {
  const auto graph = inferShapes(experiment.network);
  if (!graph) return tl::make_unexpected(graph.error());
  const auto plan = planQuantization(experiment.network, *graph, experiment.quant);
  if (!plan) return tl::make_unexpected(plan.error());
  NetworkFacts facts;
  for (std::size_t node = 0; node < graph->nodes.size(); ++node) {
    facts.layers.push_back(plainFacts(experiment, *graph, node));
    facts.parameters += facts.layers.back().parameters;
  }
  for (const WeightPlan& weights : plan->weights) addWeights(facts.layers[weights.node], weights);
  for (const ActivationPlan& one : plan->activations) facts.layers[one.node].format = one.format;
  facts.weighted = static_cast<int>(plan->weights.size());
  return facts;
}

QString shapeText(const Shape& shape) {
  if (shape.height == 1 && shape.width == 1) return QString::number(shape.channels);
  return QString::fromStdString(toString(shape));
}

QString accumulatorText(const LayerFacts& layer) {
  if (!layer.weights || layer.weights->method == QuantMethod::kFloat) return QStringLiteral("–");
  return layer.weights->accumulator ? QString::number(layer.weights->accumulator->bits)
                                    : Words::tr("free");
}

QString bitsLine(const LayerFacts& layer) {
  if (layer.format) {
    return QStringLiteral("N %1 %2")
        .arg(layer.format->width.bits)
        .arg(layer.format->isSigned() ? Words::tr("signed") : Words::tr("unsigned"));
  }
  if (!layer.weights) return {};
  const QString k = QStringLiteral("K ") + grouped(layer.weights->k);
  if (layer.weights->method == QuantMethod::kFloat) return Words::tr("float · %1").arg(k);
  return QStringLiteral("M %1 · P %2 · %3")
      .arg(layer.weights->weight_bits.bits)
      .arg(accumulatorText(layer), k);
}

}  // namespace a2q::views
