// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPoint>
#include <QSet>
#include <QString>
#include <QStringList>

#include "views/common/plot_theme.h"

class QCPAbstractPlottable;
class QCustomPlot;

namespace a2q::views {

/// Which series a person has hidden, by name: all series of one name go together, and one that is
/// built anew stays hidden. The legend entry stays, faded and struck out, to bring it back.
class LegendToggle {
 public:
  explicit LegendToggle(QCustomPlot& plot) : plot_(plot) {}

  void toggle(const QString& name);
  [[nodiscard]] bool hidden(const QString& name) const { return hidden_.contains(name); }
  /// Hides what is hidden and fades its entries; after series or the theme have changed.
  void apply(const PlotTheme& theme);
  /// Whether a place is in a legend.
  [[nodiscard]] bool covers(const QPoint& place) const;
  /// The names in the legends, each once, in order.
  [[nodiscard]] QStringList names() const;

 private:
  QCustomPlot& plot_;
  QSet<QString> hidden_;
};

}  // namespace a2q::views
