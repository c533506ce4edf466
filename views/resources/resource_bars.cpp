// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/resources/resource_bars.h"

#include <QCoreApplication>
#include <algorithm>

#include "views/common/qcustomplot.h"
#include "views/resources/resource_text.h"
#include "views/resources/synthesis_text.h"

namespace a2q::views {
namespace {

constexpr double kPercent = 100;
constexpr double kTop = -0.36;  ///< of a row, from its middle
constexpr double kBottom = 0.36;
constexpr double kLabelled = 0.02;     ///< top of the bar when the label stands above it
constexpr double kLabelRow = 30;       ///< pixels below which labels would touch the bars
constexpr double kTwoBars = 10;        ///< pixels for the bars of estimate and synthesis
constexpr double kEstimatePart = 0.6;  ///< of their height
constexpr double kFar = 1e5;           ///< pixels; painters dislike coordinates much beyond

class Words {
  Q_DECLARE_TR_FUNCTIONS(Resources)
};

QColor faded(QColor color, int alpha) {
  color.setAlpha(alpha);
  return color;
}

}  // namespace

QColor ResourceBars::colorOf(ResourceKind kind) const {
  const bool dark = theme_.background.lightness() < theme_.text.lightness();
  switch (kind) {
    case ResourceKind::kLut: return theme_.first;
    case ResourceKind::kFf: return theme_.second;
    case ResourceKind::kBram: return dark ? QColor(0x2E, 0xC4, 0x9A) : QColor(0x00, 0x7F, 0x5F);
    case ResourceKind::kDsp: return dark ? QColor(0xD8, 0x8F, 0xC0) : QColor(0x9A, 0x4C, 0x82);
  }
  return theme_.text;
}

double ResourceBars::across(double share) const {
  return std::clamp(shares_.coordToPixel(kPercent * share), -kFar, kFar);
}

void ResourceBars::paint(QPainter& painter, const HardwareStory& story,
                         const std::vector<ResourceRow>& rows, int selected) const {
  const double left = shares_.axisRect()->left();
  const double right = shares_.axisRect()->right();
  for (int at = 0; at < static_cast<int>(rows.size()); ++at) {
    const ResourceRow& row = rows[static_cast<std::size_t>(at)];
    if (at == selected) {
      painter.setPen(QPen(theme_.text, 1));
      painter.setBrush(faded(theme_.first, 28));
      painter.drawRect(QRectF(QPointF(left, rows_.coordToPixel(at + 0.52)),
                              QPointF(right, rows_.coordToPixel(at + 1.48))));
    }
    if (row.isTotal()) {
      painter.setPen(QPen(faded(theme_.text, 150), 1));
      const double line = rows_.coordToPixel(at + 0.5);
      painter.drawLine(QLineF(left, line, right, line));
    }
    paintRow(painter, story, row, at);
  }
  paintLimit(painter, story.request.utilisation);
}

void ResourceBars::paintRow(QPainter& painter, const HardwareStory& story, const ResourceRow& row,
                            int at) const {
  const double height = rows_.coordToPixel(at + 1.5) - rows_.coordToPixel(at + 0.5);
  const bool labelled = kinds_.size() == 1 && height >= kLabelRow;
  const double top = labelled ? kLabelled : kTop;
  const double step = (kBottom - top) / static_cast<double>(kinds_.size());
  for (std::size_t i = 0; i < kinds_.size(); ++i) {
    const double from = top + step * static_cast<double>(i);
    paintSlot(painter, story, row, kinds_[i], rows_.coordToPixel(at + 1 + from),
              rows_.coordToPixel(at + 1 + from + 0.92 * step));
  }
  if (row.bottleneck) {
    constexpr double kSize = 5;
    const double x = shares_.axisRect()->left() + 1;
    const double y = rows_.coordToPixel(at + 1 + (top + kBottom) / 2);
    painter.setPen(QPen(theme_.background, 1));
    painter.setBrush(theme_.text);
    painter.drawPolygon(QPolygonF({{x, y - kSize}, {x + 1.6 * kSize, y}, {x, y + kSize}}));
  }
  if (labelled) paintLabel(painter, story, row, at);
}

void ResourceBars::paintBar(QPainter& painter, const HardwareStory& story, const ResourceRow& row,
                            ResourceKind kind, double top, double bottom) const {
  const Device& device = *story.request.device;
  const auto place = [&](const ResourceVector& vector) {
    return across(shareOf(amountOf(vector, kind), device, kind));
  };
  if (!isEstimated(story.request.model, kind)) return;
  const double zero = across(0);
  const double end = place(row.use.value);
  if (end <= zero) return;
  painter.setPen(QPen(colorOf(kind), 1));
  painter.setBrush(faded(colorOf(kind), 190));
  painter.drawRect(QRectF(QPointF(zero, top), QPointF(std::max(end, zero + 1), bottom)));
  const double limit = across(story.request.utilisation);
  if (row.isTotal() && end > limit) {
    const QRectF over(QPointF(limit, top), QPointF(end, bottom));
    painter.setPen(QPen(theme_.limit, 2));
    painter.setBrush(theme_.background);
    painter.drawRect(over);
    painter.setBrush(QBrush(theme_.limit, Qt::BDiagPattern));
    painter.drawRect(over);
  }
  if (!row.use.low || !row.use.high) return;
  const double least = place(*row.use.low);
  const double most = place(*row.use.high);
  if (most - least < 1) return;
  const double middle = (top + bottom) / 2;
  const double half = std::min(4.0, (bottom - top) / 3);
  painter.setPen(QPen(theme_.text, 1.4));
  painter.drawLine(QLineF(least, middle, most, middle));
  for (const double x : {least, most}) painter.drawLine(QLineF(x, middle - half, x, middle + half));
}

void ResourceBars::paintSlot(QPainter& painter, const HardwareStory& story, const ResourceRow& row,
                             ResourceKind kind, double top, double bottom) const {
  if (!row.synthesis) return paintBar(painter, story, row, kind, top, bottom);
  const double found = across(shareOf(amountOf(*row.synthesis, kind), *story.request.device, kind));
  if (bottom - top < kTwoBars) {
    paintBar(painter, story, row, kind, top, bottom);
    if (found <= across(0)) return;
    painter.setPen(QPen(theme_.text, 2));
    return painter.drawLine(QLineF(found, top, found, bottom));
  }
  const double between = top + kEstimatePart * (bottom - top);
  paintBar(painter, story, row, kind, top, between);
  paintHatched(painter, found, between + 1, bottom);
}

void ResourceBars::paintHatched(QPainter& painter, double end, double top, double bottom) const {
  constexpr double kBetween = 4;
  const double zero = across(0);
  if (end <= zero) return;
  const QRectF bar(QPointF(zero, top), QPointF(std::max(end, zero + 1), bottom));
  painter.setPen(Qt::NoPen);
  painter.setBrush(theme_.background);
  painter.drawRect(bar);
  painter.save();
  painter.setClipRect(bar, Qt::IntersectClip);
  painter.setPen(QPen(theme_.text, 1));
  const double last = std::min(bar.right(), static_cast<double>(shares_.axisRect()->right()));
  for (int i = 0; zero + i * kBetween - bar.height() < last; ++i) {
    const double x = zero + i * kBetween;
    painter.drawLine(QLineF(x - bar.height(), bottom, x, top));
  }
  painter.restore();
  painter.setPen(QPen(theme_.text, 1));
  painter.setBrush(Qt::NoBrush);
  painter.drawRect(bar);
}

void ResourceBars::paintLabel(QPainter& painter, const HardwareStory& story, const ResourceRow& row,
                              int at) const {
  QString text = amountText(story, row.use, kinds_.front());
  const QString synthesis = synthesisText(story, row, kinds_.front());
  if (!synthesis.isEmpty()) text += QStringLiteral(" · ") + synthesis;
  if (row.bottleneck) text += Words::tr(" · bottleneck");
  const bool over = row.isTotal() && !story.fits;
  if (over) text += Words::tr(" · DOES NOT FIT");
  QFont font = painter.font();
  font.setBold(row.bottleneck || over);
  painter.setFont(font);
  painter.setPen(over ? theme_.limit : theme_.text);
  const QRectF place(
      QPointF(shares_.axisRect()->left() + 6, rows_.coordToPixel(at + 0.5)),
      QPointF(shares_.axisRect()->right() - 4, rows_.coordToPixel(at + 1 + kLabelled)));
  painter.drawText(place, Qt::AlignLeft | Qt::AlignBottom, text);
  font.setBold(false);
  painter.setFont(font);
}

void ResourceBars::paintLimit(QPainter& painter, double share) const {
  painter.setPen(QPen(theme_.limit, 1.4, Qt::DashLine));
  const double x = across(share);
  painter.drawLine(QLineF(x, shares_.axisRect()->top(), x, shares_.axisRect()->bottom()));
}

}  // namespace a2q::views
