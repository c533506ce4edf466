// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProxyStyle>

namespace a2q::workbench {

/// Fusion with check boxes that are seen on a dark ground too: it draws their frames in a darker
/// tone of the window, which no eye tells from a dark window.
class ClearStyle : public QProxyStyle {
  Q_OBJECT

 public:
  ClearStyle();

  void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                     const QWidget* widget) const override;
};

}  // namespace a2q::workbench
