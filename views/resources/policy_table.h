// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableWidget>

#include "core/bounds/accumulator_policy.h"
#include "views/resources/hardware_story.h"

namespace a2q::views {

/// The four policies side by side: their widths, what the design takes under each with one folding
/// for all, and with the folding that is best for each. The row of the current policy is selected;
/// a person selects another one.
class PolicyTable : public QTableWidget {
  Q_OBJECT

 public:
  explicit PolicyTable(QWidget* parent = nullptr);

  void showPolicies(const HardwareStory& story);

 Q_SIGNALS:
  void policyWanted(a2q::AccumulatorPolicy policy);

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  /// All rows, and a scroll bar below them where the columns need one.
  void fitHeight();
  void showHeadings(const HardwareStory& story);
  void showRow(int row, const HardwareStory& story, const PolicyPlan& plan);
  void setCell(int row, int column, const QString& text, const QString& tip);
};

}  // namespace a2q::views
