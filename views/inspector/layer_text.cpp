// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/inspector/layer_text.h"

#include <QCoreApplication>
#include <algorithm>

#include "core/network/graph.h"
#include "views/common/number_text.h"

namespace a2q::views {
namespace {

/// Texts of layers, for translation.
class Words {
  Q_DECLARE_TR_FUNCTIONS(Layers)
};

QString dash() { return QStringLiteral("–"); }

const LayerSpec* find(const NetworkSpec& network, const std::string& layer) {
  const auto found = std::ranges::find(network.layers, layer, &LayerSpec::name);
  return found == network.layers.end() ? nullptr : &*found;
}

}  // namespace

QString nameOf(const std::string& name) { return QString::fromStdString(name); }

QString methodText(QuantMethod method) {
  switch (method) {
    case QuantMethod::kFloat: return Words::tr("float");
    case QuantMethod::kQat: return QStringLiteral("QAT");
    case QuantMethod::kA2q: return QStringLiteral("A2Q");
    case QuantMethod::kA2qPlus: return QStringLiteral("A2Q+");
  }
  return {};
}

QString kindText(const NetworkSpec& network, const std::string& layer) {
  const LayerSpec* spec = find(network, layer);
  if (spec == nullptr) return dash();
  const QString kind = QString::fromUtf8(kindName(spec->kind).data());
  if (const auto* conv = std::get_if<ConvLayer>(&spec->kind)) {
    const QString text = Words::tr("%1 %2×%3, %4 filters")
                             .arg(kind)
                             .arg(conv->kernel.height)
                             .arg(conv->kernel.width)
                             .arg(grouped(conv->filters));
    return conv->groups == 1 ? text : Words::tr("%1, %2 groups").arg(text).arg(conv->groups);
  }
  if (const auto* linear = std::get_if<LinearLayer>(&spec->kind)) {
    return Words::tr("%1, %2 features").arg(kind, grouped(linear->features));
  }
  if (const auto* activation = std::get_if<ActivationLayer>(&spec->kind)) {
    const QString sign =
        activation->sign == Signedness::kSigned ? Words::tr("signed") : Words::tr("unsigned");
    return Words::tr("%1, %2").arg(kind, sign);
  }
  return kind;
}

QString shapeText(const NetworkSpec& network, const std::string& layer) {
  const auto graph = inferShapes(network);
  if (!graph) return dash();
  for (const GraphNode& node : graph->nodes) {
    if (network.layers[node.layer].name != layer) continue;
    const QString out = QString::fromStdString(toString(node.output));
    if (node.inputs.empty()) return out;
    const Shape& in = graph->nodes[node.inputs.front()].output;
    return QStringLiteral("%1 → %2").arg(QString::fromStdString(toString(in)), out);
  }
  return dash();
}

}  // namespace a2q::views
