// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/inspector/formula_text.h"

#include <QCoreApplication>
#include <cmath>

#include "views/common/number_text.h"

namespace a2q::views {
namespace {

/// Texts of formulas, for translation.
class Words {
  Q_DECLARE_TR_FUNCTIONS(Formulas)
};

QString number(std::int64_t value) { return grouped(value); }

/// The share of the weights with a fraction, for "0 of 4 608".
std::int64_t zerosOf(const LayerFacts& layer) {
  return std::llround(layer.norms->sparsity * static_cast<double>(layer.k * layer.channels));
}

}  // namespace

QString ruleName(const std::optional<L1Rule>& rule) {
  if (!rule) return QStringLiteral("QAT");
  return *rule == L1Rule::kA2q ? QStringLiteral("A2Q") : QStringLiteral("A2Q+");
}

QString inputText(const LayerFacts& layer) {
  const QString sign = layer.input_format.isSigned() ? Words::tr("signed") : Words::tr("unsigned");
  return Words::tr("%1 bit %2, %3 … %4")
      .arg(layer.input_format.width.bits)
      .arg(sign, number(layer.input_range.minimum), number(layer.input_range.maximum));
}

QString budgetFormula(const LayerFacts& layer) {
  if (!layer.budget) return Words::tr("No budget: the layer has no accumulator to train for.");
  const int p = layer.accumulator->bits;
  const int n = layer.input_format.width.bits;
  const QString value = QString::number(layer.budget->value(), 'f', 1);
  const QString floor = grouped(layer.budget->floor());
  if (*layer.rule == L1Rule::kA2q) {
    return Words::tr(
               "A2Q budget: ‖q‖₁ ≤ (2^(P−1) − 1)·2^(sgn−N) = (2^%1 − 1)·2^(%2−%3) = %4, so "
               "‖q‖₁ ≤ %5 [bound]")
        .arg(p - 1)
        .arg(layer.input_format.isSigned() ? 1 : 0)
        .arg(n)
        .arg(value, floor);
  }
  return Words::tr(
             "A2Q+ budget: ‖q‖₁ ≤ (2^P − 2)/(2^N − 1) = (2^%1 − 2)/(2^%2 − 1) = %3, so "
             "‖q‖₁ ≤ %4 [bound]")
      .arg(p)
      .arg(n)
      .arg(value, floor);
}

QString dataTypeFormula(const LayerFacts& layer) {
  return Words::tr(
             "Data-type bound: the least P with K·2^(N−sgn)·2^(M−1) ≤ 2^(P−1) − 1; "
             "%1·2^(%2−%3)·2^%4 gives P = %5 [bound]")
      .arg(number(layer.k))
      .arg(layer.input_format.width.bits)
      .arg(layer.input_format.isSigned() ? 1 : 0)
      .arg(layer.weight_bits.bits - 1)
      .arg(layer.data_type_bound.bits);
}

QString normFormula(const LayerFacts& layer, SignedSums sums) {
  const QString norm = Words::tr("‖q‖₁ = S⁺ + S⁻ = %1 + %2 = %3 [exact]")
                           .arg(number(sums.positive), number(sums.negative), number(sums.l1()));
  if (!layer.budget) return norm + QLatin1Char('\n') + budgetFormula(layer);
  const double share = static_cast<double>(sums.l1()) / layer.budget->value();
  return norm + QLatin1Char('\n') + budgetFormula(layer) + QLatin1Char('\n') +
         Words::tr("share = ‖q‖₁ / budget = %1 / %2 = %3 [exact]")
             .arg(number(sums.l1()), QString::number(layer.budget->value(), 'f', 1),
                  percentText(share));
}

QString l1MarginFormula(const LayerFacts& layer, std::int64_t l1) {
  if (!layer.budget) return budgetFormula(layer);
  return Words::tr("margin of the L1 bound = log2(budget / ‖q‖₁) = log2(%1 / %2) = %3 [bound]")
             .arg(QString::number(layer.budget->value(), 'f', 1), number(l1),
                  bitsText(marginOf(l1, *layer.budget).bits)) +
         QLatin1Char('\n') + budgetFormula(layer);
}

QString rangeFormula(const LayerFacts& layer, SignedSums sums) {
  const AccumulatorRange range = exactRange(sums, layer.input_range);
  const QString high = number(layer.input_range.maximum);
  const QString low = number(layer.input_range.minimum);
  const QString positive = number(sums.positive);
  const QString negative = number(sums.negative);
  return Words::tr("hi = xmax·S⁺ − xmin·S⁻ = %1·%2 − (%3)·%4 = %5 [exact]")
             .arg(high, positive, low, negative, grouped(range.high)) +
         QLatin1Char('\n') +
         Words::tr("lo = xmin·S⁺ − xmax·S⁻ = (%1)·%2 − %3·%4 = %5 [exact]")
             .arg(low, positive, high, negative, grouped(range.low));
}

QString marginFormula(const LayerFacts& layer, AccumulatorRange range) {
  if (!layer.accumulator) return Words::tr("No margin: the layer has no accumulator target.");
  const AccumulatorSpec accumulator{*layer.accumulator};
  const int p = layer.accumulator->bits;
  return Words::tr(
             "exact margin = least of log2((2^(P−1) − 1)/hi) and log2(2^(P−1)/−lo), "
             "P = %1: %2 holds [%3, %4], reached is [%5, %6]: %7 [exact]")
      .arg(p)
      .arg(Words::tr("the accumulator"), grouped(accumulator.minimum()),
           grouped(accumulator.maximum()), grouped(range.low), grouped(range.high),
           bitsText(marginOf(range, accumulator).bits));
}

QString smallestFormula(AccumulatorRange range) {
  const BitWidth smallest = smallestAccumulator(range);
  const AccumulatorSpec accumulator{smallest};
  return Words::tr(
             "the least P with −2^(P−1) ≤ lo and hi ≤ 2^(P−1) − 1: lo = %1, hi = %2 fit "
             "[%3, %4] of P = %5, and no smaller one [exact]")
      .arg(grouped(range.low), grouped(range.high), grouped(accumulator.minimum()),
           grouped(accumulator.maximum()))
      .arg(smallest.bits);
}

QString sparsityFormula(const LayerFacts& layer) {
  if (!layer.norms) return {};
  return Words::tr("sparsity = zero weights / weights = %1 / (%2·%3) = %4 [exact]")
      .arg(number(zerosOf(layer)), number(layer.channels), number(layer.k),
           percentText(layer.norms->sparsity));
}

}  // namespace a2q::views
