// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/crosshair.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>
#include <optional>

#include "views/common/plot_navigation.h"

namespace a2q::views {
namespace {

const QString kLayer = QStringLiteral("crosshair");

class Words {
  Q_DECLARE_TR_FUNCTIONS(Crosshair)
};

}  // namespace

std::optional<double> valueNearest(QCPAbstractPlottable& series, double key) {
  const QCPPlottableInterface1D* data = series.interface1D();
  if (data == nullptr || data->dataCount() == 0) return std::nullopt;
  std::optional<double> value;
  double distance = 0;
  for (int i = data->findBegin(key, true); i < data->findEnd(key, true); ++i) {
    const double apart = std::abs(data->dataMainKey(i) - key);
    const double here = data->dataMainValue(i);
    if (std::isnan(here) || (value && apart >= distance)) continue;
    value = here;
    distance = apart;
  }
  return value;
}

Crosshair::Crosshair(QCustomPlot& plot, CrosshairWords words)
    : plot_(plot), words_(std::move(words)) {
  plot.addLayer(kLayer, plot.layer(QStringLiteral("overlay")), QCustomPlot::limBelow);
}

void Crosshair::createBox() {
  box_ = new QCPItemText(&plot_);
  box_->setLayer(kLayer);
  box_->position->setType(QCPItemPosition::ptAbsolute);
  box_->setTextAlignment(Qt::AlignLeft);
  box_->setPadding(QMargins(6, 4, 6, 4));
  box_->setClipToAxisRect(false);
}

QCPAxis* Crosshair::keyAxis() const { return rect_ ? keyAxisOf(*rect_) : nullptr; }

std::vector<QCPAxisRect*> Crosshair::linkedRects() const {
  std::vector<QCPAxisRect*> rects;
  const QCPAxis* mine = keyAxis();
  if (mine == nullptr) return rects;
  for (QCPAxisRect* rect : plot_.axisRects()) {
    const QCPAxis* keys = keyAxisOf(*rect);
    const bool linked =
        rect == rect_ || (keys != nullptr && keys->orientation() == mine->orientation() &&
                          keys->range() == mine->range());
    if (linked) rects.push_back(rect);
  }
  return rects;
}

void Crosshair::moveTo(const QPoint& place) {
  QCPAxisRect* rect = plot_.axisRectAt(place);
  if (rect == nullptr || !rect->rect().contains(place)) return;
  rect_ = rect;
  const QCPAxis* keys = keyAxis();
  if (keys == nullptr) return hide();
  const bool along = keys->orientation() == Qt::Horizontal;
  key_ = keys->pixelToCoord(along ? place.x() : place.y());
  across_ = along ? place.y() : place.x();
}

void Crosshair::step(double pixels) {
  if (!shown()) {
    if (plot_.axisRectCount() > 0) moveTo(plot_.axisRect(0)->rect().center());
    return;
  }
  if (const QCPAxis* keys = keyAxis()) {
    key_ = keys->pixelToCoord(keys->coordToPixel(key_) + pixels);
  }
}

void Crosshair::hide() {
  rect_ = nullptr;
  update();
  // A layer with a buffer of its own costs every drawing something.
  plot_.layer(kLayer)->setMode(QCPLayer::lmLogical);
  plot_.replot(QCustomPlot::rpQueuedReplot);
}

void Crosshair::update() {
  placeLines();
  if (box_ == nullptr && shown()) createBox();
  if (box_ != nullptr) box_->setVisible(shown());
  if (shown()) placeBox();
}

void Crosshair::draw() {
  update();
  if (!shown()) return;
  plot_.layer(kLayer)->setMode(QCPLayer::lmBuffered);
  plot_.layer(kLayer)->replot();
}

void Crosshair::placeLines() {
  for (const auto& line : lines_) {
    if (line != nullptr) plot_.removeItem(line);
  }
  lines_.clear();
  for (QCPAxisRect* rect : linkedRects()) {
    QCPAxis* keys = keyAxisOf(*rect);
    if (keys == nullptr) continue;
    const bool along = keys->orientation() == Qt::Horizontal;
    auto* line = new QCPItemStraightLine(&plot_);
    line->setLayer(kLayer);
    line->setPen(QPen(theme_.text, 0, Qt::DashLine));
    line->setClipAxisRect(rect);
    double across = 0;
    for (QCPItemPosition* point : {line->point1, line->point2}) {
      point->setAxisRect(rect);
      point->setAxes(rect->axis(QCPAxis::atBottom), rect->axis(QCPAxis::atLeft));
      (along ? point->setTypeY(QCPItemPosition::ptAxisRectRatio)
             : point->setTypeX(QCPItemPosition::ptAxisRectRatio));
      along ? point->setCoords(key_, across) : point->setCoords(across, key_);
      across = 1;
    }
    lines_.emplace_back(line);
  }
}

void Crosshair::placeBox() {
  constexpr double kAway = 12;
  const QCPAxis* keys = keyAxis();
  if (keys == nullptr) return;
  const double along = keys->coordToPixel(key_);
  const QPointF place =
      keys->orientation() == Qt::Horizontal ? QPointF(along, across_) : QPointF(across_, along);
  QColor veil = theme_.background;
  veil.setAlpha(235);
  box_->setBrush(veil);
  box_->setPen(QPen(theme_.grid));
  box_->setColor(theme_.text);
  box_->setText(textAt(key_));
  const double height = box_->bottom->pixelPosition().y() - box_->top->pixelPosition().y();
  // Never out of the picture, however many series there are.
  const double top =
      std::clamp(place.y() - height / 2, 2.0, std::max(2.0, plot_.height() - height - 2));
  const double width = box_->right->pixelPosition().x() - box_->left->pixelPosition().x();
  const bool left = place.x() > rect_->rect().center().x();
  const double side = left ? place.x() - kAway - width : place.x() + kAway;
  box_->setPositionAlignment(Qt::AlignLeft | Qt::AlignTop);
  box_->position->setPixelPosition(
      {std::clamp(side, 2.0, std::max(2.0, plot_.width() - width - 2)), top});
}

QString Crosshair::textAt(double key) const {
  constexpr int kMostLines = 24;
  const QCPAxis* keys = keyAxis();
  if (keys == nullptr) return {};
  QStringList lines(words_.key(*keys, key));
  int left_out = 0;
  for (QCPAxisRect* rect : linkedRects()) {
    QString heading;
    for (QCPAbstractPlottable* series : rect->plottables()) {
      if (!series->realVisibility() || series->name().isEmpty()) continue;
      const auto value = valueNearest(*series, key);
      if (!value) continue;
      if (lines.size() >= kMostLines) {
        ++left_out;
        continue;
      }
      if (heading.isEmpty()) {
        heading = series->valueAxis()->label();
        lines << heading;
      }
      lines << QStringLiteral("  %1: %2").arg(series->name(), words_.value(*series, *value));
    }
  }
  if (left_out > 0) lines << Words::tr("  … and %1 more").arg(left_out);
  return lines.join(QLatin1Char('\n'));
}

}  // namespace a2q::views
