// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/command/glyph_outlines.h"

#include <QPolygonF>
#include <QTransform>

namespace a2q::workbench {
namespace {

constexpr double kPen = 1.5;

/// The line as an area.
QPainterPath stroked(const QPainterPath& line, double width = kPen) {
  QPainterPathStroker pen;
  pen.setWidth(width);
  pen.setCapStyle(Qt::RoundCap);
  pen.setJoinStyle(Qt::RoundJoin);
  return pen.createStroke(line);
}

QPainterPath lineThrough(const QPolygonF& points, double width = kPen) {
  QPainterPath path;
  path.addPolygon(points);
  return stroked(path, width);
}

QPainterPath area(const QPolygonF& points) {
  QPainterPath path;
  path.addPolygon(points);
  path.closeSubpath();
  return path;
}

QPainterPath bars(std::initializer_list<QRectF> rectangles) {
  QPainterPath path;
  for (const QRectF& rectangle : rectangles) path.addRect(rectangle);
  return path;
}

QPainterPath circle(QPointF centre, double radius) {
  QPainterPath path;
  path.addEllipse(centre, radius, radius);
  return path;
}

QPainterPath folder() {
  const QPainterPath outside = area({{1, 3}, {6, 3}, {7.5, 5}, {15, 5}, {15, 14}, {1, 14}});
  return outside.subtracted(bars({{2.4, 6.4, 11.2, 6.2}}));
}

QPainterPath sheet() {
  return lineThrough({{3, 1.5}, {9.5, 1.5}, {13, 5}, {13, 14.5}, {3, 14.5}, {3, 1.5}})
      .united(lineThrough({{8, 7}, {8, 12}}))
      .united(lineThrough({{5.5, 9.5}, {10.5, 9.5}}));
}

/// An arrow down into a tray.
QPainterPath tray() {
  return area({{6.7, 1}, {9.3, 1}, {9.3, 6}, {12.5, 6}, {8, 11}, {3.5, 6}, {6.7, 6}})
      .united(area({{1, 10},
                    {2.6, 10},
                    {2.6, 13.4},
                    {13.4, 13.4},
                    {13.4, 10},
                    {15, 10},
                    {15, 15},
                    {1, 15}}));
}

QPainterPath turnedBack() {
  QPainterPath bend;
  bend.moveTo(4, 6);
  bend.lineTo(9.5, 6);
  bend.cubicTo(15, 6, 15, 13, 9.5, 13);
  bend.lineTo(6, 13);
  return stroked(bend).united(area({{6.5, 2}, {6.5, 10}, {1.5, 6}}));
}

QPainterPath mirrored(const QPainterPath& path) { return QTransform(-1, 0, 0, 1, 16, 0).map(path); }

QPainterPath twoSheets() {
  return lineThrough({{5.5, 5.5}, {14, 5.5}, {14, 14.5}, {5.5, 14.5}, {5.5, 5.5}})
      .united(lineThrough({{3, 11}, {2, 11}, {2, 1.5}, {10.5, 1.5}, {10.5, 3}}));
}

/// Three sliders.
QPainterPath sliders() {
  QPainterPath path;
  const std::initializer_list<QPointF> knobs = {{5, 3.5}, {11, 8}, {6.5, 12.5}};
  for (const QPointF& knob : knobs) {
    path = path.united(lineThrough({{1.5, knob.y()}, {14.5, knob.y()}}, 1.2));
    path = path.united(circle(knob, 2));
  }
  return path;
}

/// A square with pins on two sides.
QPainterPath chip() {
  QPainterPath path = bars({{4, 2.5, 8, 11}})
                          .subtracted(bars({{5.4, 3.9, 5.2, 8.2}}))
                          .united(circle({7, 5.6}, 0.9));
  for (const double y : {4.2, 7.4, 10.6})
    path = path.united(bars({{1, y, 3, 1.2}, {12, y, 3, 1.2}}));
  return path;
}

QPainterPath lens() {
  return stroked(circle({6.5, 6.5}, 4.5)).united(lineThrough({{10, 10}, {14.3, 14.3}}, 2));
}

/// A circle of which one half is filled.
QPainterPath halfDisc() {
  QPainterPath half;
  half.moveTo(8, 2);
  half.arcTo(QRectF(2, 2, 12, 12), 90, -180);
  half.closeSubpath();
  return stroked(circle({8, 8}, 6)).united(half);
}

QPainterPath questionMark() {
  QPainterPath hook;
  hook.moveTo(5.4, 5.6);
  hook.cubicTo(5.4, 1.6, 11, 1.6, 11, 5.2);
  hook.cubicTo(11, 7.4, 8, 7.6, 8, 10.2);
  return stroked(hook, 1.8).united(circle({8, 13.4}, 1.2));
}

/// A triangle with an exclamation mark cut out.
QPainterPath triangle() {
  return area({{8, 1}, {15.5, 14.5}, {0.5, 14.5}})
      .subtracted(bars({{7.2, 5.5, 1.6, 5}}))
      .subtracted(circle({8, 12.3}, 1));
}

QPainterPath cross(double from, double to, double width) {
  return lineThrough({{from, from}, {to, to}}, width)
      .united(lineThrough({{from, to}, {to, from}}, width));
}

}  // namespace

QPainterPath outlineOf(Glyph glyph) {
  switch (glyph) {
    case Glyph::kNew: return sheet();
    case Glyph::kOpen: return folder();
    case Glyph::kSample:  // bars under a limit
      return bars({{1, 2, 14, 1.4}, {2, 8, 3, 6}, {6.5, 5, 3, 9}, {11, 6.5, 3, 7.5}});
    case Glyph::kSave: return tray();
    case Glyph::kUndo: return turnedBack();
    case Glyph::kRedo: return mirrored(turnedBack());
    case Glyph::kCopy: return twoSheets();
    case Glyph::kPreferences: return sliders();
    case Glyph::kStart: return area({{4, 2}, {14, 8}, {4, 14}});
    case Glyph::kPause: return bars({{3, 2, 3.5, 12}, {9.5, 2, 3.5, 12}});
    case Glyph::kStop: return bars({{3, 3, 10, 10}});
    case Glyph::kAbort:  // the stop sign, crossed out
      return bars({{2, 2, 12, 12}}).subtracted(cross(5, 11, 1.6));
    case Glyph::kCheck: return lineThrough({{2.5, 8.5}, {6.3, 12.5}, {13.5, 3.5}}, 2.2);
    case Glyph::kChip: return chip();
    case Glyph::kSearch: return lens();
    case Glyph::kLayout:
      return lineThrough({{1.5, 2.5}, {14.5, 2.5}, {14.5, 13.5}, {1.5, 13.5}, {1.5, 2.5}})
          .united(lineThrough({{9, 2.5}, {9, 13.5}}))
          .united(lineThrough({{1.5, 9}, {9, 9}}));
    case Glyph::kTheme: return halfDisc();
    case Glyph::kHelp: return questionMark();
    case Glyph::kWarning: return triangle();
    case Glyph::kMissing: return cross(3, 13, 2.2);
    case Glyph::kAbsent: return lineThrough({{3.5, 8}, {12.5, 8}}, 2);
  }
  return {};
}

}  // namespace a2q::workbench
