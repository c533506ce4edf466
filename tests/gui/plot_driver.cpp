// SPDX-License-Identifier: GPL-3.0-or-later
#include "plot_driver.h"

#include <QTest>

namespace a2q::plots {
namespace {

void send(QCustomPlot& plot, QPoint place, Qt::MouseButtons held, Qt::KeyboardModifiers modifiers) {
  QMouseEvent move(QEvent::MouseMove, place, plot.mapToGlobal(place), Qt::NoButton, held,
                   modifiers);
  QCoreApplication::sendEvent(&plot, &move);
}

}  // namespace

QCustomPlot& plotOf(const QWidget& pane) { return *pane.findChild<QCustomPlot*>(); }

QToolButton& toolOf(const QWidget& pane, views::PlotTool tool) {
  return *pane.findChild<QToolButton*>(QStringLiteral("plot_tool_%1").arg(static_cast<int>(tool)));
}

void open(QWidget& pane, QSize size) {
  pane.resize(size);
  pane.show();
  QVERIFY(QTest::qWaitForWindowExposed(&pane));
}

void drag(QCustomPlot& plot, QPoint from, QPoint to, Qt::KeyboardModifiers modifiers) {
  QTest::mousePress(&plot, Qt::LeftButton, modifiers, from);
  send(plot, (from + to) / 2, Qt::LeftButton, modifiers);
  send(plot, to, Qt::LeftButton, modifiers);
  QTest::mouseRelease(&plot, Qt::LeftButton, modifiers, to);
}

void moveMouse(QCustomPlot& plot, QPoint place) { send(plot, place, Qt::NoButton, Qt::NoModifier); }

void wheel(QCustomPlot& plot, QPoint place, int delta) {
  QWheelEvent event(place, plot.mapToGlobal(place), {}, {0, delta}, Qt::NoButton, Qt::NoModifier,
                    Qt::NoScrollPhase, false);
  QCoreApplication::sendEvent(&plot, &event);
}

QStringList linesOf(const QString& csv) { return csv.split(QLatin1Char('\n'), Qt::SkipEmptyParts); }

QCPAbstractPlottable* seriesNamed(QCustomPlot& plot, const QString& name) {
  for (int i = 0; i < plot.plottableCount(); ++i) {
    if (plot.plottable(i)->name() == name) return plot.plottable(i);
  }
  return nullptr;
}

QCPLegend& legendOf(const QCustomPlot& plot) {
  return *qobject_cast<QCPLegend*>(plot.axisRect(0)->insetLayout()->elementAt(0));
}

}  // namespace a2q::plots
