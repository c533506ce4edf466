// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/network/card_item.h"

#include <QApplication>
#include <QFontMetricsF>
#include <QGraphicsScene>
#include <QPainter>
#include <algorithm>

#include "views/common/number_text.h"
#include "views/common/plot_theme.h"

namespace a2q::views {
namespace {

class Words {
  Q_DECLARE_TR_FUNCTIONS(Network)
};

constexpr double kInset = 10;
constexpr double kStrip = 4;
constexpr double kRounding = 6;
constexpr double kWidthInCharacters = 40;
constexpr double kUseText = 56;

QFont lineFont(QFont::Weight weight) {
  constexpr double kSmall = 0.92;
  QFont font = QApplication::font();
  if (font.pointSizeF() > 0) font.setPointSizeF(font.pointSizeF() * kSmall);
  font.setWeight(weight);
  return font;
}

double lineHeight() { return QFontMetricsF(lineFont(QFont::Bold)).height() + 2; }

double cardWidth() {
  return kWidthInCharacters * QFontMetricsF(lineFont(QFont::Normal)).averageCharWidth() +
         2 * kInset;
}

/// A light fill of a colour over the ground.
QColor mixed(const QColor& ground, const QColor& color, double share) {
  return QColor::fromRgbF(
      static_cast<float>(ground.redF() + (color.redF() - ground.redF()) * share),
      static_cast<float>(ground.greenF() + (color.greenF() - ground.greenF()) * share),
      static_cast<float>(ground.blueF() + (color.blueF() - ground.blueF()) * share));
}

/// Weights, quantizers and the rest differ by the strip at their side, besides the word.
QColor kindColor(const QString& kind, const PlotTheme& theme) {
  if (kind == QStringLiteral("conv2d") || kind == QStringLiteral("linear")) return theme.first;
  if (kind == QStringLiteral("activation") || kind == QStringLiteral("input")) return theme.second;
  return theme.grid;
}

}  // namespace

CardItem::CardItem(const NetworkFacts& facts, const Card& card)
    : layers_(card.layers), size_(cardWidth(), 0), kind_(facts.layers[card.layers.front()].kind) {
  for (const std::size_t layer : layers_) {
    addLines(facts.layers[layer], layer, layer == layers_.front());
  }
  double height = kInset / 2 + lineHeight() * static_cast<double>(lines_.size()) + kInset / 2;
  const LayerFacts& head = facts.layers[layers_.front()];
  if (head.budget) {
    budget_text_ = Words::tr("budget %1 · not trained").arg(grouped(head.budget->floor()));
    height += lineHeight();
  }
  size_.setHeight(height);
}

QSizeF CardItem::sizeOf(const NetworkFacts& facts, const Card& card) {
  return CardItem(facts, card).size_;
}

void CardItem::addLine(const QString& left, const QString& right, QFont::Weight weight,
                       std::size_t index) {
  const double top = kInset / 2 + lineHeight() * static_cast<double>(lines_.size());
  const QRectF place(kInset, top, size_.width() - 2 * kInset, lineHeight());
  lines_.push_back({left, right, weight, index, place});
}

void CardItem::addLines(const LayerFacts& layer, std::size_t index, bool head) {
  const QString bits = bitsLine(layer);
  if (!head) {
    addLine(layer.name, bits.isEmpty() ? layer.kind : bits, QFont::Normal, index);
    return;
  }
  const QString separator = QStringLiteral(" · ");
  addLine(layer.name, shapeText(layer.output), QFont::Bold, index);
  const QString what = layer.detail.isEmpty() ? layer.kind : layer.kind + separator + layer.detail;
  const QString cost =
      layer.parameters == 0 ? QString() : Words::tr("%1 par.").arg(grouped(layer.parameters));
  if (layer.weights) {
    addLine(what, QString(), QFont::Normal, index);
    addLine(bits, cost, QFont::Normal, index);
  } else {
    addLine(what, bits.isEmpty() ? cost : bits, QFont::Normal, index);
  }
}

std::size_t CardItem::layerAt(QPointF place) const {
  for (const Line& line : lines_) {
    if (place.y() < line.place.bottom()) return line.layer;
  }
  return layers_.front();  // the bar of the budget belongs to the weights
}

QRectF CardItem::rectOf(std::size_t layer) const {
  QRectF rect;
  for (const Line& line : lines_) {
    if (line.layer == layer) rect |= line.place;
  }
  return rect;
}

void CardItem::setUse(const std::optional<BudgetUse>& use) {
  if (use == use_) return;
  use_ = use;
  update();
}

void CardItem::setSelectedLayer(int layer) {
  const bool here = std::any_of(layers_.begin(), layers_.end(), [layer](std::size_t own) {
    return static_cast<int>(own) == layer;
  });
  const int selected = here ? layer : -1;
  if (selected == selected_) return;
  selected_ = selected;
  setZValue(selected_ < 0 ? 0 : 1);
  update();
}

QRectF CardItem::boundingRect() const { return box().adjusted(-2, -2, 2, 2); }

void CardItem::paint(QPainter* painter, const QStyleOptionGraphicsItem* /*option*/,
                     QWidget* /*widget*/) {
  const QPalette palette = scene()->palette();
  painter->setRenderHint(QPainter::Antialiasing);
  paintFrame(*painter, palette);
  for (const Line& line : lines_) paintLine(*painter, palette, line);
  if (!budget_text_.isEmpty()) paintBudget(*painter, palette);
}

void CardItem::paintFrame(QPainter& painter, const QPalette& palette) const {
  const PlotTheme theme = plotTheme(palette);
  const QColor highlight = palette.color(QPalette::Highlight);
  const QColor ground = mixed(theme.background, theme.text, isDark(palette) ? 0.10 : 0.03);
  const bool selected = selected_ >= 0;
  QPainterPath frame;
  frame.addRoundedRect(box(), kRounding, kRounding);
  painter.fillPath(frame, ground);
  painter.save();
  painter.setClipPath(frame);
  painter.fillRect(QRectF(0, 0, kStrip, size_.height()), kindColor(kind_, theme));
  if (selected) {
    const QRectF row = rectOf(static_cast<std::size_t>(selected_));
    painter.fillRect(QRectF(kStrip, row.top(), size_.width(), row.height()),
                     mixed(ground, highlight, isDark(palette) ? 0.45 : 0.25));
  }
  painter.restore();
  painter.setPen(selected ? QPen(highlight, 3) : QPen(mixed(ground, theme.text, 0.4), 1));
  painter.setBrush(Qt::NoBrush);
  painter.drawPath(frame);
}

void CardItem::paintLine(QPainter& painter, const QPalette& palette, const Line& line) const {
  constexpr double kGap = 8;
  const QFont plain = lineFont(QFont::Normal);
  const QFont font = lineFont(line.weight);
  const QFontMetricsF metrics(font);
  const double right =
      line.right.isEmpty() ? 0 : QFontMetricsF(plain).horizontalAdvance(line.right);
  const double left = line.place.width() - right - (right > 0 ? kGap : 0);
  painter.setPen(palette.color(QPalette::Text));
  painter.setFont(plain);
  painter.drawText(line.place, Qt::AlignRight | Qt::AlignVCenter, line.right);
  painter.setFont(font);
  painter.drawText(line.place, Qt::AlignLeft | Qt::AlignVCenter,
                   metrics.elidedText(line.left, Qt::ElideMiddle, left));
}

void CardItem::paintBudget(QPainter& painter, const QPalette& palette) const {
  constexpr double kBar = 7;
  constexpr double kLimitAt = 0.9;  // of the bar's length: what is over has room to show
  const PlotTheme theme = plotTheme(palette);
  QRectF place(kInset, size_.height() - kInset / 2 - lineHeight(), size_.width() - 2 * kInset,
               lineHeight());
  painter.setFont(lineFont(QFont::Normal));
  painter.setPen(theme.text);
  if (!use_) {
    painter.setPen(mixed(theme.background, theme.text, 0.75));
    painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter, budget_text_);
    return;
  }
  const QString text = use_->over ? Words::tr("OVER") : percentText(use_->share);
  painter.drawText(place, Qt::AlignRight | Qt::AlignVCenter, text);
  const QRectF track(place.left(), place.center().y() - kBar / 2, place.width() - kUseText, kBar);
  painter.fillRect(track, theme.grid);
  QRectF used = track;
  used.setWidth(track.width() * std::min(1.0, use_->share * kLimitAt));
  painter.fillRect(used, use_->over ? theme.limit : theme.first);
  if (use_->over) painter.fillRect(used, QBrush(theme.background, Qt::BDiagPattern));
  const double limit = track.left() + track.width() * kLimitAt;
  painter.setPen(QPen(theme.limit, 2));
  painter.drawLine(QPointF(limit, track.top() - 3), QPointF(limit, track.bottom() + 3));
}

}  // namespace a2q::views
