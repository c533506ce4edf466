// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDockWidget>
#include <QMainWindow>
#include <QStringList>
#include <array>
#include <map>
#include <vector>

namespace a2q::workbench {

/// The arrangements that have a name.
enum class DeskLayout { kTrain, kAnalyse, kCompare, kHardware };
inline constexpr std::array kDeskLayouts = {DeskLayout::kTrain, DeskLayout::kAnalyse,
                                            DeskLayout::kCompare, DeskLayout::kHardware};

/// Where panes stand in a layout: columns of tabs in the centre, the first of each in front; the
/// tabs below them; what stands left and right is there in every layout.
struct DeskPlan {
  std::vector<QStringList> columns;
  std::vector<double> shares;  ///< of the columns, of the width of the centre
  QStringList below;
  double below_share = 0.3;  ///< of the height
};

/// The docks of the window. Every pane is a dock: it floats, tabs and comes back. Panes of the
/// centre, the checklist on the left and the inspector on the right share one area, so that a
/// layout is a tree of splits.
class PaneDesk : public QMainWindow {
  Q_OBJECT

 public:
  explicit PaneDesk(QWidget* parent = nullptr);

  /// A pane with an object name, which names its dock "<id>_dock"; smaller than `smallest` it
  /// never gets.
  QDockWidget* addPane(const QString& id, const QString& title, QWidget* content, QSize smallest);
  [[nodiscard]] const std::vector<QDockWidget*>& docks() const { return docks_; }
  [[nodiscard]] QDockWidget* dock(const QString& id) const;

  [[nodiscard]] DeskLayout layoutShown() const { return layout_; }
  /// Remembers how the present layout was changed and arranges another one.
  void showLayout(DeskLayout layout);
  /// The present layout as it was at first.
  void resetLayout();
  /// To the front, and with the keyboard's focus in it.
  void showPane(const QString& id);
  /// The next pane (or, with −1, the one before) gets the focus.
  void cyclePanes(int direction);

  /// How layouts were changed, for the settings.
  [[nodiscard]] std::map<QString, QByteArray> states() const;
  void restoreStates(const std::map<QString, QByteArray>& states, DeskLayout layout);

 Q_SIGNALS:
  /// A pane became visible.
  void paneShown();

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  void arrange(const DeskPlan& plan);
  void stack(const QStringList& ids);
  void spread(const DeskPlan& plan);
  /// The present layout, in the size that the desk has by now.
  void takeSize();
  void rescueFloating();
  /// Titles of tabs are shown whole.
  void widenTabs();

  std::vector<QDockWidget*> docks_;
  DeskLayout layout_ = DeskLayout::kTrain;
  std::map<DeskLayout, QByteArray> states_;
  bool arrange_when_shown_ = false;  ///< before it is shown it does not have its size
};

/// "train", "analyse", "compare", "hardware": names for the settings.
[[nodiscard]] QString layoutName(DeskLayout layout);

}  // namespace a2q::workbench
