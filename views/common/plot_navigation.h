// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointF>
#include <QRect>

class QCPAxis;
class QCPAxisRect;

namespace a2q::views {

/// Scales what a person may zoom about its middle; a factor below 1 comes nearer.
void zoom(QCPAxisRect& rect, double factor);

/// Moves the view by shares of its size, right and down positive.
void pan(QCPAxisRect& rect, QPointF share);

/// Shows the box (in pixels) alone; what must not be zoomed stays.
void zoomTo(QCPAxisRect& rect, const QRect& box);

enum class AxisScale { kLinear, kLogarithmic };

[[nodiscard]] AxisScale scaleOf(const QCPAxis& axis);

/// Changes the scale and its ticks; a logarithmic axis gets a range above zero from the data.
void setScale(QCPAxis& axis, AxisScale scale);

/// The axis along which the series of a rectangle run; null when it has none.
[[nodiscard]] QCPAxis* keyAxisOf(const QCPAxisRect& rect);

}  // namespace a2q::views
