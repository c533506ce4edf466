// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/plain_tip.h"

#include <QTextDocument>

namespace a2q::views {

QString plainTip(const QString& text) {
  return Qt::mightBeRichText(text) ? Qt::convertFromPlainText(text, Qt::WhiteSpaceNormal) : text;
}

}  // namespace a2q::views
