// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

namespace a2q::views {

/// What a person looks at, one for the whole window: a layer and a channel of it. Every pane shows
/// it, and any pane may change it.
class Selection : public QObject {
  Q_OBJECT

 public:
  using QObject::QObject;

  /// Empty: none.
  [[nodiscard]] const QString& layer() const { return layer_; }
  /// From 0; −1: none.
  [[nodiscard]] int channel() const { return channel_; }

  /// Forgets the channel when the layer is another one.
  void selectLayer(const QString& layer);
  void selectChannel(const QString& layer, int channel);

 Q_SIGNALS:
  void changed();

 private:
  QString layer_;
  int channel_ = -1;
};

}  // namespace a2q::views
