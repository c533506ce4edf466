// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>

namespace a2q::views {

/// A row that can be pressed: a name, and below it a line that is cut in the middle (a path) or at
/// its end when it does not fit; the whole of it is in the tooltip.
class EntryButton : public QAbstractButton {
  Q_OBJECT

 public:
  EntryButton(const QString& name, const QString& line, Qt::TextElideMode cut,
              QWidget* parent = nullptr);

  [[nodiscard]] QSize sizeHint() const override;
  [[nodiscard]] QSize minimumSizeHint() const override;

 Q_SIGNALS:
  /// The Delete key.
  void removeWanted();

 protected:
  void paintEvent(QPaintEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  QString line_;
  Qt::TextElideMode cut_;
};

}  // namespace a2q::views
