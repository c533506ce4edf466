// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/selection.h"

namespace a2q::views {

void Selection::selectLayer(const QString& layer) {
  selectChannel(layer, layer == layer_ ? channel_ : -1);
}

void Selection::selectChannel(const QString& layer, int channel) {
  if (layer == layer_ && channel == channel_) return;
  layer_ = layer;
  channel_ = layer.isEmpty() ? -1 : channel;
  Q_EMIT changed();
}

}  // namespace a2q::views
