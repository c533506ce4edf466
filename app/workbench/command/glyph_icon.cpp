// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/command/glyph_icon.h"

#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPainterPath>
#include <QPalette>
#include <QPixmap>

namespace a2q::workbench {
namespace {

/// The sign in a square of 16 units.
QPainterPath outlineOf(Glyph glyph) {
  QPainterPath path;
  path.setFillRule(Qt::OddEvenFill);
  switch (glyph) {
    case Glyph::kStart: path.addPolygon(QPolygonF({{4, 2}, {14, 8}, {4, 14}, {4, 2}})); break;
    case Glyph::kPause:
      path.addRect(3, 2, 3.5, 12);
      path.addRect(9.5, 2, 3.5, 12);
      break;
    case Glyph::kStop: path.addRect(3, 3, 10, 10); break;
    case Glyph::kOpen:
      path.addPolygon(QPolygonF({{1, 3}, {6, 3}, {7.5, 5}, {15, 5}, {15, 14}, {1, 14}, {1, 3}}));
      path.addRect(2.4, 6.4, 11.2, 6.2);
      break;
    case Glyph::kSample:  // bars under a limit
      path.addRect(1, 2, 14, 1.4);
      path.addRect(2, 8, 3, 6);
      path.addRect(6.5, 5, 3, 9);
      path.addRect(11, 6.5, 3, 7.5);
      break;
    case Glyph::kSave:  // into a tray
      path.addPolygon(QPolygonF(
          {{6.7, 1}, {9.3, 1}, {9.3, 6}, {12.5, 6}, {8, 11}, {3.5, 6}, {6.7, 6}, {6.7, 1}}));
      path.addPolygon(QPolygonF({{1, 10},
                                 {2.6, 10},
                                 {2.6, 13.4},
                                 {13.4, 13.4},
                                 {13.4, 10},
                                 {15, 10},
                                 {15, 15},
                                 {1, 15},
                                 {1, 10}}));
      break;
  }
  return path;
}

class GlyphEngine : public QIconEngine {
 public:
  explicit GlyphEngine(Glyph glyph) : glyph_(glyph) {}

  void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override {
    constexpr double kUnits = 16;
    const auto group = mode == QIcon::Disabled ? QPalette::Disabled : QPalette::Active;
    const double scale = std::min(rect.width(), rect.height()) / kUnits;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->translate(rect.x(), rect.y());
    painter->scale(scale, scale);
    painter->fillPath(outlineOf(glyph_),
                      QGuiApplication::palette().color(group, QPalette::ButtonText));
    painter->restore();
  }

  QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
    QPixmap picture(size);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    paint(&painter, picture.rect(), mode, state);
    return picture;
  }

  [[nodiscard]] QIconEngine* clone() const override { return new GlyphEngine(glyph_); }

 private:
  Glyph glyph_;
};

}  // namespace

QIcon glyphIcon(Glyph glyph) { return QIcon(new GlyphEngine(glyph)); }

}  // namespace a2q::workbench
