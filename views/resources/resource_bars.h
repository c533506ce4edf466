// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPainter>
#include <vector>

#include "views/common/plot_theme.h"
#include "views/resources/resource_rows.h"

class QCPAxis;

namespace a2q::views {

/// Paints the rows: for each resource shown a bar as a share of the device, a whisker over the
/// interval of the estimate, a dashed line at the share that may be used, a triangle at the
/// bottleneck; what is more than may be used is hatched red. Where synthesis
/// is known, a thinner, hatched bar stands below that of the estimate, or a mark on it where two
/// bars have no room.
class ResourceBars {
 public:
  ResourceBars(const QCPAxis& shares, const QCPAxis& rows) : shares_(shares), rows_(rows) {}

  /// `selected`: position of a row; −1: none.
  void paint(QPainter& painter, const HardwareStory& story, const std::vector<ResourceRow>& rows,
             int selected) const;

  void setKinds(std::vector<ResourceKind> kinds) { kinds_ = std::move(kinds); }
  void setTheme(const PlotTheme& theme) { theme_ = theme; }
  [[nodiscard]] const std::vector<ResourceKind>& kinds() const { return kinds_; }
  [[nodiscard]] QColor colorOf(ResourceKind kind) const;

 private:
  void paintRow(QPainter& painter, const HardwareStory& story, const ResourceRow& row,
                int at) const;
  void paintBar(QPainter& painter, const HardwareStory& story, const ResourceRow& row,
                ResourceKind kind, double top, double bottom) const;
  void paintSlot(QPainter& painter, const HardwareStory& story, const ResourceRow& row,
                 ResourceKind kind, double top, double bottom) const;
  void paintHatched(QPainter& painter, double end, double top, double bottom) const;
  void paintLabel(QPainter& painter, const HardwareStory& story, const ResourceRow& row,
                  int at) const;
  void paintLimit(QPainter& painter, double share) const;
  [[nodiscard]] double across(double share) const;

  const QCPAxis& shares_;
  const QCPAxis& rows_;
  std::vector<ResourceKind> kinds_{ResourceKind::kLut};
  PlotTheme theme_;
};

}  // namespace a2q::views
