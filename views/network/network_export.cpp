// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/network/network_export.h"

#include <QBuffer>
#include <QGraphicsScene>
#include <QImage>
#include <QPainter>
#include <QPalette>
#include <QPdfWriter>
#include <QSvgGenerator>
#include <algorithm>

namespace a2q::views {
namespace {

void render(QGraphicsScene& scene, const QRectF& part, QPaintDevice& device, const QRectF& target) {
  QPainter painter(&device);
  painter.fillRect(target, scene.palette().color(QPalette::Base));
  scene.render(&painter, target, part);
}

QByteArray png(QGraphicsScene& scene, const QRectF& part) {
  constexpr double kScale = 2;
  constexpr double kMostPixels = 16000;  // a side; larger images cannot be opened everywhere
  const double scale = std::min(kScale, kMostPixels / std::max({part.width(), part.height(), 1.0}));
  QImage image((part.size() * scale).toSize().expandedTo(QSize(1, 1)), QImage::Format_RGB32);
  render(scene, part, image, QRectF(QPointF(), QSizeF(image.size())));
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  image.save(&buffer, "PNG");
  return bytes;
}

QByteArray svg(QGraphicsScene& scene, const QRectF& part, const QString& title) {
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  QSvgGenerator generator;
  generator.setOutputDevice(&buffer);
  generator.setTitle(title);
  generator.setSize(part.size().toSize());
  generator.setViewBox(QRectF(QPointF(), part.size()));
  render(scene, part, generator, QRectF(QPointF(), part.size()));
  return bytes;
}

QByteArray pdf(QGraphicsScene& scene, const QRectF& part, const QString& title) {
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  QPdfWriter writer(&buffer);
  writer.setTitle(title);
  writer.setPageSize(QPageSize(part.size(), QPageSize::Point, {}, QPageSize::ExactMatch));
  writer.setPageMargins(QMarginsF());
  render(scene, part, writer, QRectF(0, 0, writer.width(), writer.height()));
  return bytes;
}

}  // namespace

QByteArray pictureOf(QGraphicsScene& scene, const QRectF& part, const QString& title,
                     const QString& ending) {
  if (ending == QStringLiteral("png")) return png(scene, part);
  if (ending == QStringLiteral("svg")) return svg(scene, part, title);
  if (ending == QStringLiteral("pdf")) return pdf(scene, part, title);
  return {};
}

}  // namespace a2q::views
