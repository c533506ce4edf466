// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

class QGraphicsScene;
class QRectF;

namespace a2q::views {

/// A picture of a part of a scene in the format that the ending of a name says: png (twice as fine
/// as the screen), svg or pdf; empty when there is no such format.
[[nodiscard]] QByteArray pictureOf(QGraphicsScene& scene, const QRectF& part, const QString& title,
                                   const QString& ending);

}  // namespace a2q::views
