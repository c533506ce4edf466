// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/welcome/budget_picture.h"

#include <QPainter>
#include <array>

#include "views/common/plot_theme.h"

namespace a2q::views {
namespace {

/// A drawing, not data: shares of the budget as a trained network may have them.
constexpr std::array kShares{0.93, 0.71, 0.88, 0.97, 0.62};
constexpr double kLimitAt = 0.22;  ///< of the height, from above

}  // namespace

BudgetPicture::BudgetPicture(QWidget* parent) : QWidget(parent) {
  setMinimumSize(200, 96);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  setAccessibleName(tr("Drawing: bars of five layers below a red line, the budget"));
}

QSize BudgetPicture::sizeHint() const { return {260, 112}; }

void BudgetPicture::paintEvent(QPaintEvent* /*event*/) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const PlotTheme theme = plotTheme(palette());
  const QRectF ground = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
  painter.setPen(QPen(theme.grid, 1));
  painter.setBrush(theme.background);
  painter.drawRoundedRect(ground, 6, 6);
  const QRectF room = ground.adjusted(14, 6, -14, -8);
  const double limit = room.top() + kLimitAt * room.height();
  const double slot = room.width() / static_cast<double>(kShares.size());
  for (std::size_t i = 0; i < kShares.size(); ++i) {
    const double height = kShares[i] * (room.bottom() - limit);
    const QRectF bar(room.left() + (static_cast<double>(i) + 0.2) * slot, room.bottom() - height,
                     0.6 * slot, height);
    painter.fillRect(bar, theme.first);
  }
  painter.setPen(QPen(theme.limit, 2));
  painter.drawLine(QPointF(room.left(), limit), QPointF(room.right(), limit));
  painter.setPen(theme.text);
  QFont small = font();
  constexpr double kSmall = 0.85;
  if (small.pointSizeF() > 0) small.setPointSizeF(small.pointSizeF() * kSmall);
  painter.setFont(small);
  painter.drawText(QRectF(room.left(), ground.top() + 1, room.width(), limit - ground.top() - 2),
                   Qt::AlignLeft | Qt::AlignVCenter, tr("budget of ‖q‖₁"));
}

}  // namespace a2q::views
