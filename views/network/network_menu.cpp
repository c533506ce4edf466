// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/network/network_menu.h"

#include <QCoreApplication>
#include <utility>

#include "core/network/edit.h"

namespace a2q::views {
namespace {

class Words {
  Q_DECLARE_TR_FUNCTIONS(Network)
};

struct Offer {
  QString text;
  std::vector<std::pair<const char*, LayerKind>> chain;  ///< stem of the name, kind
};

ConvLayer convolutionFor(const Shape& shape) {
  const bool plane = shape.height > 1 && shape.width > 1;
  ConvLayer conv;
  conv.filters = shape.channels;
  conv.kernel = plane ? Extent{3, 3} : Extent{1, 1};
  conv.padding = plane ? Extent{1, 1} : Extent{0, 0};
  return conv;
}

std::vector<Offer> offersFor(const Shape& shape) {
  const LinearLayer linear{shape.size(), false};
  const PoolLayer max_pool{PoolKind::kMax, {2, 2}, {2, 2}, {0, 0}};
  const PoolLayer average_pool{PoolKind::kAverage, {2, 2}, {2, 2}, {0, 0}};
  return {
      {Words::tr("Convolution, batch norm and activation"),
       {{"conv", convolutionFor(shape)}, {"bn", BatchNormLayer{}}, {"act", ActivationLayer{}}}},
      {Words::tr("Linear, batch norm and activation"),
       {{"fc", linear}, {"bn", BatchNormLayer{}}, {"act", ActivationLayer{}}}},
      {QStringLiteral("conv2d"), {{"conv", convolutionFor(shape)}}},
      {QStringLiteral("linear"), {{"fc", linear}}},
      {QStringLiteral("batch_norm"), {{"bn", BatchNormLayer{}}}},
      {QStringLiteral("activation"), {{"act", ActivationLayer{}}}},
      {QStringLiteral("max_pool"), {{"pool", max_pool}}},
      {QStringLiteral("average_pool"), {{"pool", average_pool}}},
      {QStringLiteral("resize_nearest"), {{"up", ResizeLayer{}}}},
      {QStringLiteral("pixel_shuffle"), {{"shuffle", PixelShuffleLayer{}}}},
      {QStringLiteral("flatten"), {{"flat", FlattenLayer{}}}},
  };
}

}  // namespace

std::vector<EditChoice> insertChoices(const Experiment& experiment, const LayerFacts& layer) {
  std::vector<EditChoice> choices;
  for (const Offer& offer : offersFor(layer.output)) {
    std::vector<NewLayer> chain;
    QStringList names;
    for (const auto& [stem, kind] : offer.chain) {
      chain.push_back({freeLayerName(experiment.network, stem), kind});
      names << QString::fromStdString(chain.back().name);
    }
    choices.push_back(
        {offer.text,
         Words::tr("Insert %1 behind %2").arg(names.join(QStringLiteral(", ")), layer.name),
         insertAfter(experiment, layer.name.toStdString(), chain)});
  }
  return choices;
}

EditChoice removeChoice(const Experiment& experiment, const LayerFacts& layer) {
  return {Words::tr("Remove %1").arg(layer.name), Words::tr("Remove %1").arg(layer.name),
          removeLayer(experiment, layer.name.toStdString())};
}

}  // namespace a2q::views
