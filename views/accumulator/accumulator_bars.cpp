// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/accumulator/accumulator_bars.h"

#include <algorithm>

#include "views/accumulator/accumulator_text.h"
#include "views/common/qcustomplot.h"

namespace a2q::views {
namespace {

constexpr double kTop = -0.12;  ///< of a row, from its middle: below the label
constexpr double kBottom = 0.34;
constexpr double kLabelRow = 30;  ///< pixels below which labels would touch the bars
constexpr double kFar = 1e5;      ///< pixels; painters dislike coordinates much beyond

QColor faded(QColor color, int alpha) {
  color.setAlpha(alpha);
  return color;
}

}  // namespace

QRectF AccumulatorBars::bar(int row, double top, double bottom, const AccumulatorRange& range,
                            const AccumulatorSpec& frame) const {
  const auto across = [&](Int128 value) {
    return std::clamp(values_.coordToPixel(placed(value, frame, scale_)), -kFar, kFar);
  };
  const double left = across(range.low);
  return {QPointF(left, rows_.coordToPixel(row + 1 + top)),
          QPointF(std::max(across(range.high), left + 1), rows_.coordToPixel(row + 1 + bottom))};
}

void AccumulatorBars::paint(QPainter& painter, const std::vector<AccumulatorRow>& rows,
                            const ChosenChannel& chosen) const {
  for (int row = 0; row < static_cast<int>(rows.size()); ++row) {
    const AccumulatorRow& values = rows[static_cast<std::size_t>(row)];
    if (row == chosen.row) {
      const QRectF whole(QPointF(values_.axisRect()->left(), rows_.coordToPixel(row + 0.52)),
                         QPointF(values_.axisRect()->right(), rows_.coordToPixel(row + 1.48)));
      painter.setPen(QPen(theme_.text, 1));
      painter.setBrush(faded(theme_.first, 28));
      painter.drawRect(whole);
    }
    paintRow(painter, row, values);
    if (row == chosen.row && chosen.range) {
      painter.setPen(QPen(theme_.text, 1));
      painter.setBrush(theme_.second);
      painter.drawRect(bar(row, kBottom - 0.1, kBottom + 0.08, *chosen.range, values.frame()));
    }
    paintLabel(painter, row, values);
  }
}

void AccumulatorBars::paintRow(QPainter& painter, int row, const AccumulatorRow& values) const {
  const AccumulatorSpec frame = values.frame();
  if (values.target || values.has_values) {
    painter.setBrush(faded(theme_.text, 14));
    painter.setPen(QPen(faded(theme_.text, 150), 1.2, values.target ? Qt::SolidLine : Qt::DotLine));
    painter.drawRect(bar(row, kTop, kBottom, {frame.minimum(), frame.maximum()}, frame));
  }
  if (values.has_values) {
    painter.setPen(QPen(theme_.first, 1));
    painter.setBrush(faded(theme_.first, 190));
    painter.drawRect(bar(row, kTop + 0.07, kBottom - 0.07, values.range, frame));
    if (values.over) paintOver(painter, row, values);
  }
  if (values.observed) {
    painter.setBrush(Qt::NoBrush);
    const QRectF seen = bar(row, kTop + 0.14, kBottom - 0.14, *values.observed, frame);
    painter.setPen(QPen(theme_.background, 2.5));
    painter.drawRect(seen);
    painter.setPen(QPen(theme_.text, 1.6, Qt::DashLine));
    painter.drawRect(seen);
  }
}

void AccumulatorBars::paintOver(QPainter& painter, int row, const AccumulatorRow& values) const {
  const AccumulatorSpec frame = values.frame();
  painter.setPen(QPen(theme_.limit, 2));
  const auto paint_part = [&](const AccumulatorRange& part) {
    const QRectF place = bar(row, kTop + 0.07, kBottom - 0.07, part, frame);
    painter.setBrush(theme_.background);
    painter.drawRect(place);
    painter.setBrush(QBrush(theme_.limit, Qt::BDiagPattern));
    painter.drawRect(place);
  };
  if (values.range.high > frame.maximum()) paint_part({frame.maximum(), values.range.high});
  if (values.range.low < frame.minimum()) paint_part({values.range.low, frame.minimum()});
}

void AccumulatorBars::paintLabel(QPainter& painter, int row, const AccumulatorRow& values) const {
  const double height = rows_.coordToPixel(row + 1.5) - rows_.coordToPixel(row + 0.5);
  if (height < kLabelRow) return;
  painter.setPen(values.over ? theme_.limit : theme_.text);
  QFont font = painter.font();
  font.setBold(values.over);
  painter.setFont(font);
  const QRectF place(QPointF(values_.axisRect()->left() + 6, rows_.coordToPixel(row + 0.5)),
                     QPointF(values_.axisRect()->right() - 4, rows_.coordToPixel(row + 1 + kTop)));
  painter.drawText(place, Qt::AlignLeft | Qt::AlignBottom, accumulatorLabel(values));
}

}  // namespace a2q::views
