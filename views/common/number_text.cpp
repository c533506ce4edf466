// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/number_text.h"

#include <cmath>

#include "core/bounds/accumulator_bounds.h"

namespace a2q::views {
namespace {

constexpr QChar kNarrowSpace(0x202F);
constexpr QChar kMinus(0x2212);
constexpr QChar kNoBreak(0x00A0);

}  // namespace

QString grouped(Int128 value) {
  QString digits = QString::fromStdString(toString(value));
  const bool negative = digits.startsWith(QLatin1Char('-'));
  if (negative) digits.remove(0, 1);
  for (qsizetype at = digits.size() - 3; at > 0; at -= 3) digits.insert(at, kNarrowSpace);
  return negative ? kMinus + digits : digits;
}

QString percentText(double share) {
  return QString::number(100 * share, 'f', 1) + kNoBreak + QLatin1Char('%');
}

QString percentText(const std::optional<double>& share) {
  return share ? percentText(*share) : QStringLiteral("–");
}

QString bitsText(const std::optional<double>& bits) {
  if (!bits) return QStringLiteral("–");
  if (std::isinf(*bits)) return QStringLiteral("∞");
  const QString sign = *bits < 0 ? QString(kMinus) : QStringLiteral("+");
  return sign + QString::number(std::abs(*bits), 'f', 2) + kNoBreak + QStringLiteral("bit");
}

QString durationText(double seconds) {
  const qint64 whole = std::llround(seconds);
  const auto two = [](qint64 n) { return QStringLiteral("%1").arg(n, 2, 10, QLatin1Char('0')); };
  if (whole < 60) return QStringLiteral("%1 s").arg(whole);
  if (whole < 3600) return QStringLiteral("%1:%2 min").arg(whole / 60).arg(two(whole % 60));
  return QStringLiteral("%1:%2 h").arg(whole / 3600).arg(two(whole / 60 % 60));
}

}  // namespace a2q::views
