// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/l1_budget/budget_text.h"

#include <QCoreApplication>
#include <QStringList>
#include <bit>

#include "views/common/number_text.h"

namespace a2q::views {
namespace {

/// Texts of labels and tips, for translation.
class Words {
  Q_DECLARE_TR_FUNCTIONS(L1Budget)
};

/// The narrowest format that holds the codes of a layer's input.
IntegerFormat formatOf(IntegerRange codes) {
  const auto high = static_cast<std::uint64_t>(codes.maximum);
  if (codes.minimum >= 0) return {BitWidth{std::max(1, static_cast<int>(std::bit_width(high)))}};
  const auto low = static_cast<std::uint64_t>(-(codes.minimum + 1));
  return {BitWidth{1 + static_cast<int>(std::bit_width(std::max(low, high)))}, Signedness::kSigned};
}

bool sameBudget(const L1Budget& a, const L1Budget& b) {
  return a.numerator * b.denominator == b.numerator * a.denominator;
}

QString signText(const IntegerFormat& format) {
  return format.isSigned() ? Words::tr("signed") : Words::tr("unsigned");
}

QString power(const QString& exponent) { return QStringLiteral("2<sup>%1</sup>").arg(exponent); }

/// "‖q‖₁ ≤ (2^(P−1) − 1)·2^(sgn−N) = (2^15 − 1)·2^(0−4) = 2047.9" of the rule that gave the budget.
QString formulaOf(const LayerSnapshot& layer, const IntegerFormat& format) {
  const int p = layer.accumulator->bits;
  const int n = format.width.bits;
  const QString value = QString::number(layer.budget->value(), 'f', 1);
  if (sameBudget(*layer.budget, l1Budget(L1Rule::kA2q, *layer.accumulator, format))) {
    return QStringLiteral("A2Q: ‖q‖₁ ≤ (%1 − 1) · %2 = (%3 − 1) · %4 = %5")
        .arg(power(QStringLiteral("P−1")), power(QStringLiteral("sgn−N")),
             power(QString::number(p - 1)),
             power(QStringLiteral("%1−%2").arg(format.isSigned() ? 1 : 0).arg(n)), value);
  }
  if (sameBudget(*layer.budget, l1Budget(L1Rule::kA2qPlus, *layer.accumulator, format))) {
    return QStringLiteral("A2Q+: ‖q‖₁ ≤ (%1 − 2) / (%2 − 1) = (%3 − 2) / (%4 − 1) = %5")
        .arg(power(QStringLiteral("P")), power(QStringLiteral("N")), power(QString::number(p)),
             power(QString::number(n)), value);
  }
  return QStringLiteral("‖q‖₁ ≤ %1").arg(value);
}

}  // namespace

QString budgetLabel(const LayerSnapshot& layer, const BudgetRow& row) {
  const IntegerFormat format = formatOf(layer.inputs);
  const QString used = row.has_values ? grouped(row.largest) : QStringLiteral("–");
  const QString text = Words::tr("%1 / %2  (P %3, N %4, %5)")
                           .arg(used, grouped(row.budget), QString::number(layer.accumulator->bits),
                                QString::number(format.width.bits), signText(format));
  return row.over ? Words::tr("OVER BUDGET: %1").arg(text) : text;
}

QString needsText(const QString& layer, BitWidth needed) {
  return Words::tr("%1 (needs P %2)").arg(layer).arg(needed.bits);
}

QString budgetTip(const LayerSnapshot& layer, const BudgetRow& row, std::int64_t smallest,
                  double median) {
  QStringList lines;
  lines << QStringLiteral("<b>%1</b>, K = %2").arg(row.layer.toHtmlEscaped(), grouped(layer.k));
  lines << formulaOf(layer, formatOf(layer.inputs));
  lines << Words::tr("Budget: %1 [bound]").arg(grouped(row.budget));
  if (row.has_values) {
    const Margin margin = marginOf(row.largest, *layer.budget);
    lines << Words::tr("Largest ‖q‖₁ of %1 channels: %2 = %3 of the budget, margin %4 [exact]")
                 .arg(QString::number(layer.channels.size()), grouped(row.largest),
                      percentText(row.largest_share), bitsText(margin.bits));
    if (row.before) {
      lines << Words::tr("Largest at the end of the epoch before: %1 [exact]")
                   .arg(grouped(*row.before));
    }
    lines << Words::tr("Median %1, smallest %2 [exact]")
                 .arg(QString::number(median, 'f', 1), grouped(smallest));
  } else {
    lines << Words::tr("The weights are not known before the first batch.");
  }
  return QStringLiteral("<p style='white-space:pre'>%1</p>")
      .arg(lines.join(QStringLiteral("<br>")));
}

}  // namespace a2q::views
