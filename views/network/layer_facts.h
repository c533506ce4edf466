// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <optional>
#include <vector>

#include "core/base/result.h"
#include "core/network/experiment.h"
#include "core/network/graph.h"
#include "core/network/quant_plan.h"

namespace a2q::views {

/// What is known of one layer before any training.
struct LayerFacts {
  QString name;
  QString kind;    ///< the word of the specification, "conv2d"
  QString detail;  ///< "32 filters 5×5"
  QStringList inputs;
  std::vector<std::size_t> sources;  ///< positions of the inputs in NetworkFacts::layers
  Shape output;
  std::int64_t parameters = 0;
  QString dot_terms;                    ///< of K: "16/1 · 5 · 5"; empty without weights
  std::optional<WeightPlan> weights;    ///< of a layer with weights
  std::optional<IntegerFormat> format;  ///< of an activation or the input; none: float
  std::optional<L1Budget> budget;
  std::optional<BitWidth> data_type_bound;
  QString share;  ///< the activation whose scale this one uses
};

/// The layers in running order.
struct NetworkFacts {
  std::vector<LayerFacts> layers;
  std::int64_t parameters = 0;
  int weighted = 0;
  [[nodiscard]] int find(const QString& name) const;  ///< −1: none
};

/// Errors: those of inferShapes() and planQuantization().
[[nodiscard]] Result<NetworkFacts> networkFacts(const Experiment& experiment);

/// "32×10×10"; "112" for a flat vector.
[[nodiscard]] QString shapeText(const Shape& shape);

/// "M 4 · P 16 · K 400", "N 4 unsigned"; empty when the layer has no bits.
[[nodiscard]] QString bitsLine(const LayerFacts& layer);

/// "12", "free"; a dash for layers without an accumulator and for float ones.
[[nodiscard]] QString accumulatorText(const LayerFacts& layer);

}  // namespace a2q::views
