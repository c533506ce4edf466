// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/network/layer_tip.h"

#include <QCoreApplication>
#include <algorithm>

#include "views/common/number_text.h"

namespace a2q::views {
namespace {

class Words {
  Q_DECLARE_TR_FUNCTIONS(Network)
};

QString power(const QString& exponent) { return QStringLiteral("2<sup>%1</sup>").arg(exponent); }

QString signText(const IntegerFormat& format) {
  return format.isSigned() ? Words::tr("signed") : Words::tr("unsigned");
}

QString dotLengthLine(const LayerFacts& layer) {
  const QString k = grouped(layer.weights->k);
  if (layer.kind != QStringLiteral("conv2d")) {
    return Words::tr("K = inputs = %1 [exact]").arg(k);
  }
  return Words::tr("K = C<sub>in</sub>/groups · k<sub>h</sub> · k<sub>w</sub> = %1 = %2 [exact]")
      .arg(layer.dot_terms, k);
}

QString dataTypeLine(const LayerFacts& layer) {
  const WeightPlan& plan = *layer.weights;
  const int n = plan.input_format.width.bits;
  const int sign = plan.input_format.isSigned() ? 1 : 0;
  return Words::tr(
             "Data-type bound: least P with K · %1 · %2 ≤ %3 − 1: %4 · %5 · %6 → P = %7 "
             "[bound]")
      .arg(power(QStringLiteral("N−sgn")), power(QStringLiteral("M−1")),
           power(QStringLiteral("P−1")), grouped(plan.k), power(QString::number(n - sign)),
           power(QString::number(plan.weight_bits.bits - 1)))
      .arg(layer.data_type_bound->bits);
}

QString budgetLine(const LayerFacts& layer) {
  const WeightPlan& plan = *layer.weights;
  const int p = plan.accumulator->bits;
  const int n = plan.input_format.width.bits;
  const QString value = grouped(layer.budget->floor());
  if (*plan.rule == L1Rule::kA2qPlus) {
    return Words::tr("Budget, A2Q+: ‖q‖₁ ≤ (%1 − 2) / (%2 − 1) = (%3 − 2) / (%4 − 1) → %5 [bound]")
        .arg(power(QStringLiteral("P")), power(QStringLiteral("N")), power(QString::number(p)),
             power(QString::number(n)), value);
  }
  return Words::tr("Budget, A2Q: ‖q‖₁ ≤ (%1 − 1) · %2 = (%3 − 1) · %4 → %5 [bound]")
      .arg(power(QStringLiteral("P−1")), power(QStringLiteral("sgn−N")),
           power(QString::number(p - 1)),
           power(QStringLiteral("%1−%2").arg(plan.input_format.isSigned() ? 1 : 0).arg(n)), value);
}

QString methodLine(const LayerFacts& layer) {
  const WeightPlan& plan = *layer.weights;
  const std::string_view method = methodName(plan.method);
  return Words::tr("Method %1, M = %2, P = %3, inputs N = %4 %5")
      .arg(QString::fromUtf8(method.data(), static_cast<qsizetype>(method.size())))
      .arg(plan.weight_bits.bits)
      .arg(accumulatorText(layer))
      .arg(plan.input_format.width.bits)
      .arg(signText(plan.input_format));
}

QString useLine(const LayerFacts& layer, const BudgetUse& use) {
  const Margin margin = marginOf(use.largest_l1, *layer.budget);
  return Words::tr("Largest ‖q‖₁ of any channel: %1 = %2 of the budget, margin %3 [exact]%4")
      .arg(grouped(use.largest_l1), percentText(use.share), bitsText(margin.bits),
           use.over ? Words::tr(" — OVER BUDGET") : QString());
}

QStringList weightLines(const LayerFacts& layer, const std::optional<BudgetUse>& use) {
  QStringList lines;
  lines << dotLengthLine(layer);
  if (layer.weights->method == QuantMethod::kFloat) return lines << Words::tr("Float weights");
  lines << methodLine(layer) << dataTypeLine(layer);
  if (!layer.budget) {
    return lines << Words::tr("No budget: the layer does not train for an accumulator.");
  }
  lines << budgetLine(layer);
  lines << (use ? useLine(layer, *use)
                : Words::tr("No weights of this layer as it is specified now: train it."));
  return lines;
}

}  // namespace

std::optional<BudgetUse> budgetUse(const LayerFacts& layer, const LayerSnapshot& snapshot) {
  if (!layer.budget || !layer.weights || snapshot.channels.empty()) return std::nullopt;
  const WeightPlan& plan = *layer.weights;
  const bool same = snapshot.k == plan.k && snapshot.accumulator == plan.accumulator &&
                    snapshot.inputs == plan.input_range && snapshot.budget &&
                    snapshot.budget->numerator * layer.budget->denominator ==
                        layer.budget->numerator * snapshot.budget->denominator &&
                    static_cast<std::int64_t>(snapshot.channels.size()) == plan.channels;
  if (!same) return std::nullopt;
  BudgetUse use;
  for (const SignedSums& sums : snapshot.channels) {
    use.largest_l1 = std::max(use.largest_l1, sums.l1());
  }
  use.share = static_cast<double>(use.largest_l1) / layer.budget->value();
  use.over = !layer.budget->allows(use.largest_l1);
  return use;
}

QString layerTip(const LayerFacts& layer, const std::optional<BudgetUse>& use) {
  QStringList lines;
  lines << QStringLiteral("<b>%1</b>  %2  %3")
               .arg(layer.name.toHtmlEscaped(), layer.kind, layer.detail);
  lines << Words::tr("Output %1 = %2 values [exact]")
               .arg(QString::fromStdString(toString(layer.output)), grouped(layer.output.size()));
  if (layer.format) {
    lines << Words::tr("N = %1 %2: codes from %3 to %4 [exact]")
                 .arg(layer.format->width.bits)
                 .arg(signText(*layer.format), grouped(layer.format->minimum()),
                      grouped(layer.format->maximum()));
  }
  if (!layer.share.isEmpty()) lines << Words::tr("Shares the scale of %1").arg(layer.share);
  if (layer.weights) lines << weightLines(layer, use);
  if (layer.parameters > 0) {
    lines << Words::tr("%1 parameters [exact]").arg(grouped(layer.parameters));
  }
  return QStringLiteral("<p style='white-space:pre'>%1</p>")
      .arg(lines.join(QStringLiteral("<br>")));
}

QString layerSentence(const LayerFacts& layer, const std::optional<BudgetUse>& use) {
  QStringList parts;
  parts << layer.name << layer.kind << layer.detail;
  parts << Words::tr("output %1").arg(shapeText(layer.output)) << bitsLine(layer);
  if (layer.parameters > 0) parts << Words::tr("%1 parameters").arg(grouped(layer.parameters));
  if (use) parts << Words::tr("%1 of the budget").arg(percentText(use->share));
  if (use && use->over) parts << Words::tr("over budget");
  parts.removeAll(QString());
  return parts.join(QStringLiteral(", "));
}

}  // namespace a2q::views
