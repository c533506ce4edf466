// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/settings/clear_style.h"

#include <QStyleOption>

namespace a2q::workbench {

ClearStyle::ClearStyle() : QProxyStyle(QStringLiteral("Fusion")) {}

void ClearStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option,
                               QPainter* painter, const QWidget* widget) const {
  constexpr int kFusionDarkens = 140;  // per cent, from the window to a frame
  const auto* const box = qstyleoption_cast<const QStyleOptionButton*>(option);
  const bool dark = option->palette.color(QPalette::Window).lightness() <
                    option->palette.color(QPalette::WindowText).lightness();
  if (element != PE_IndicatorCheckBox || box == nullptr || !dark) {
    return QProxyStyle::drawPrimitive(element, option, painter, widget);
  }
  QStyleOptionButton clear(*box);
  clear.palette.setColor(
      QPalette::Window,
      box->palette.color(QPalette::Disabled, QPalette::WindowText).lighter(kFusionDarkens));
  QProxyStyle::drawPrimitive(element, &clear, painter, widget);
}

}  // namespace a2q::workbench
