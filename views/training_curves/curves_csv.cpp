// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/training_curves/curves_csv.h"

#include <charconv>
#include <cmath>
#include <string>

namespace a2q::views {
namespace {

/// The shortest text that reads back to the same number; quick, as there may be millions.
template <class Number>
void appendNumber(std::string& text, Number value) {
  constexpr std::size_t kLongest = 32;
  char digits[kLongest];
  const auto end = std::to_chars(digits, digits + kLongest, value).ptr;
  text.append(digits, end);
}

std::string quoted(QString name) {
  name.replace(QLatin1Char('"'), QStringLiteral("\"\""));
  return "\"" + name.toStdString() + "\"";
}

/// Key and value of each point of a series within the shown keys.
void appendSeries(std::string& text, const std::string& start, QCPAbstractPlottable& series) {
  const QCPPlottableInterface1D* data = series.interface1D();
  const QCPRange keys = series.keyAxis()->range();
  for (int i = data->findBegin(keys.lower, false); i < data->findEnd(keys.upper, false); ++i) {
    const auto value = static_cast<float>(data->dataMainValue(i));
    if (std::isnan(value)) continue;
    text += start;
    appendNumber(text, data->dataMainKey(i));
    text += ',';
    appendNumber(text, value);
    text += '\n';
  }
}

}  // namespace

QString curvesCsv(const std::vector<std::unique_ptr<CurvePanel>>& panels, KeyUnit unit,
                  Metric metric) {
  std::string text = "curve,series," + keyName(unit).toStdString() + ",value\n";
  for (const auto& panel : panels) {
    const std::string curve = curveKey(panel->kind(), metric).toStdString() + ",";
    for (QCPAbstractPlottable* series : panel->rect().plottables()) {
      if (!series->realVisibility()) continue;
      const QString name = series == &panel->ghost()
                               ? QStringLiteral("%1 (raw)").arg(panel->line().name())
                               : series->name();
      appendSeries(text, curve + quoted(name) + ",", *series);
    }
  }
  return QString::fromStdString(text);
}

}  // namespace a2q::views
