// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/command/glyph_icon.h"

#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPalette>
#include <QPixmap>

#include "app/workbench/command/glyph_outlines.h"

namespace a2q::workbench {
namespace {

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
