// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/welcome/entry_button.h"

#include <QKeyEvent>
#include <QPainter>

#include "views/common/plain_tip.h"

namespace a2q::views {
namespace {

constexpr int kInsetX = 8;
constexpr int kInsetY = 4;
constexpr int kLeastWidth = 120;

QFont boldOf(QFont font) {
  font.setBold(true);
  return font;
}

QFont smallOf(QFont font) {
  constexpr double kSmall = 0.9;
  if (font.pointSizeF() > 0) font.setPointSizeF(font.pointSizeF() * kSmall);
  return font;
}

}  // namespace

EntryButton::EntryButton(const QString& name, const QString& line, Qt::TextElideMode cut,
                         QWidget* parent)
    : QAbstractButton(parent), line_(line), cut_(cut) {
  setText(name);
  setToolTip(plainTip(line));
  setAccessibleName(name);
  setAccessibleDescription(line);
  setFocusPolicy(Qt::StrongFocus);
  setAttribute(Qt::WA_Hover);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QSize EntryButton::sizeHint() const {
  const int height =
      QFontMetrics(boldOf(font())).height() + QFontMetrics(smallOf(font())).height() + 2 * kInsetY;
  return {2 * kLeastWidth, height};
}

QSize EntryButton::minimumSizeHint() const { return {kLeastWidth, sizeHint().height()}; }

void EntryButton::paintEvent(QPaintEvent* /*event*/) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const QPalette::ColorGroup group = isEnabled() ? QPalette::Active : QPalette::Disabled;
  const QRectF frame = QRectF(rect()).adjusted(1, 1, -1, -1);
  if (underMouse() && isEnabled()) {
    QColor veil = palette().color(QPalette::Highlight);
    veil.setAlpha(isDown() ? 90 : 45);
    painter.setPen(Qt::NoPen);
    painter.setBrush(veil);
    painter.drawRoundedRect(frame, 4, 4);
  }
  if (hasFocus()) {
    painter.setPen(QPen(palette().color(QPalette::Highlight), 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(frame, 4, 4);
  }
  painter.setPen(palette().color(group, QPalette::WindowText));
  const QFont bold = boldOf(font());
  const QFont small = smallOf(font());
  const int width = this->width() - 2 * kInsetX;
  const int title = QFontMetrics(bold).height();
  painter.setFont(bold);
  painter.drawText(QRect(kInsetX, kInsetY, width, title), Qt::AlignLeft | Qt::AlignVCenter,
                   QFontMetrics(bold).elidedText(text(), Qt::ElideRight, width));
  painter.setFont(small);
  painter.drawText(QRect(kInsetX, kInsetY + title, width, QFontMetrics(small).height()),
                   Qt::AlignLeft | Qt::AlignVCenter,
                   QFontMetrics(small).elidedText(line_, cut_, width));
}

void EntryButton::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Delete) {
    Q_EMIT removeWanted();
  } else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
    click();
  } else {
    QAbstractButton::keyPressEvent(event);
  }
}

}  // namespace a2q::views
