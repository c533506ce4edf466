// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/range_text.h"

#include <QStringList>

#include "views/common/number_text.h"

namespace a2q::views {
namespace {

/// "(−8)" where a sign would stand beside an operator.
QString factor(std::int64_t value) {
  return value < 0 ? QStringLiteral("(%1)").arg(grouped(value)) : grouped(value);
}

}  // namespace

QString highFormula(SignedSums sums, IntegerRange inputs) {
  return QStringLiteral("hi = xmax·S⁺ − xmin·S⁻ = %1·%2 − %3·%4 = %5")
      .arg(factor(inputs.maximum), grouped(sums.positive), factor(inputs.minimum),
           grouped(sums.negative), grouped(exactRange(sums, inputs).high));
}

QString lowFormula(SignedSums sums, IntegerRange inputs) {
  return QStringLiteral("lo = xmin·S⁺ − xmax·S⁻ = %1·%2 − %3·%4 = %5")
      .arg(factor(inputs.minimum), grouped(sums.positive), factor(inputs.maximum),
           grouped(sums.negative), grouped(exactRange(sums, inputs).low));
}

QString accumulatorFormula(BitWidth accumulator) {
  const AccumulatorSpec spec{accumulator};
  return QStringLiteral("−2<sup>P−1</sup> … 2<sup>P−1</sup> − 1 = %1 … %2")
      .arg(grouped(spec.minimum()), grouped(spec.maximum()));
}

QString rangeText(const AccumulatorRange& range) {
  return QStringLiteral("[%1, %2]").arg(grouped(range.low), grouped(range.high));
}

QString tipOf(const QStringList& lines) {
  return QStringLiteral("<p style='white-space:pre'>%1</p>")
      .arg(lines.join(QStringLiteral("<br>")));
}

QString csvQuoted(const QString& text) {
  QString doubled = text;
  doubled.replace(QLatin1Char('"'), QStringLiteral("\"\""));
  return QLatin1Char('"') + doubled + QLatin1Char('"');
}

QString csvNumber(Int128 value) { return QString::fromStdString(toString(value)); }

}  // namespace a2q::views
