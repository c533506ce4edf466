// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/window/pane_desk.h"

#include <QApplication>
#include <QGuiApplication>
#include <QScreen>
#include <QTabBar>
#include <algorithm>
#include <utility>

namespace a2q::workbench {
namespace {

constexpr int kStateVersion = 1;
constexpr auto kLeft = "flow";
constexpr auto kRight = "inspector";

QStringList words(const char* text) {
  return QString::fromUtf8(text).split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

DeskPlan planOf(DeskLayout layout) {
  switch (layout) {
    case DeskLayout::kTrain:
      return {{words("l1_budget channels accumulator weights resources"),
               words("training_curves sparsity network")},
              {0.5, 0.5},
              words("checks runs jobs log"),
              0.3};
    case DeskLayout::kAnalyse:
      return {{words("accumulator l1_budget network"),
               words("channels weights sparsity training_curves resources")},
              {0.5, 0.5},
              words("checks runs jobs log"),
              0.28};
    case DeskLayout::kCompare:
      return {{words("training_curves l1_budget network channels"),
               words("sparsity accumulator weights resources")},
              {0.58, 0.42},
              words("runs checks jobs log"),
              0.42};
    case DeskLayout::kHardware:
      return {{words("resources l1_budget channels training_curves"),
               words("accumulator network weights sparsity")},
              {0.58, 0.42},
              words("checks runs jobs log"),
              0.26};
  }
  return {};
}

}  // namespace

QString layoutName(DeskLayout layout) {
  switch (layout) {
    case DeskLayout::kTrain: return QStringLiteral("train");
    case DeskLayout::kAnalyse: return QStringLiteral("analyse");
    case DeskLayout::kCompare: return QStringLiteral("compare");
    case DeskLayout::kHardware: return QStringLiteral("hardware");
  }
  return {};
}

PaneDesk::PaneDesk(QWidget* parent) : QMainWindow(parent, Qt::Widget) {
  setObjectName(QStringLiteral("desk"));
  setDockNestingEnabled(true);
  setTabPosition(Qt::AllDockWidgetAreas, QTabWidget::North);
  setDockOptions(AnimatedDocks | AllowNestedDocks | AllowTabbedDocks | GroupedDragging);
}

QDockWidget* PaneDesk::addPane(const QString& id, const QString& title, QWidget* content,
                               QSize smallest) {
  auto* dock = new QDockWidget(title, this);
  dock->setObjectName(id + QStringLiteral("_dock"));
  dock->setAccessibleName(title);
  content->setMinimumSize(smallest.expandedTo(content->minimumSize()));
  dock->setWidget(content);
  connect(dock, &QDockWidget::visibilityChanged, this, [this](bool visible) {
    if (visible) Q_EMIT paneShown();
  });
  docks_.push_back(dock);
  return dock;
}

QDockWidget* PaneDesk::dock(const QString& id) const {
  const QString name = id + QStringLiteral("_dock");
  const auto found = std::find_if(docks_.begin(), docks_.end(),
                                  [&](auto* dock) { return dock->objectName() == name; });
  return found == docks_.end() ? nullptr : *found;
}

void PaneDesk::showLayout(DeskLayout layout) {
  if (layout != layout_) states_[layout_] = saveState(kStateVersion);
  layout_ = layout;
  const auto known = states_.find(layout);
  if (known != states_.end() && restoreState(known->second, kStateVersion)) {
    arrange_when_shown_ = !isVisible();
    widenTabs();
    return rescueFloating();
  }
  arrange(planOf(layout));
}

void PaneDesk::resetLayout() {
  states_.erase(layout_);
  arrange(planOf(layout_));
}

void PaneDesk::arrange(const DeskPlan& plan) {
  for (QDockWidget* each : docks_) {
    each->setFloating(false);
    removeDockWidget(each);
  }
  QDockWidget* const left = dock(kLeft);
  QDockWidget* const right = dock(kRight);
  QDockWidget* const first = dock(plan.columns.front().front());
  QDockWidget* const below = dock(plan.below.front());
  addDockWidget(Qt::TopDockWidgetArea, left);
  splitDockWidget(left, first, Qt::Horizontal);
  splitDockWidget(first, right, Qt::Horizontal);
  splitDockWidget(first, below, Qt::Vertical);
  QDockWidget* before = first;
  for (std::size_t i = 1; i < plan.columns.size(); ++i) {
    QDockWidget* const next = dock(plan.columns[i].front());
    splitDockWidget(before, next, Qt::Horizontal);
    before = next;
  }
  for (const QStringList& column : plan.columns) stack(column);
  stack(plan.below);
  for (QDockWidget* each : docks_) each->show();
  for (const QStringList& column : plan.columns) dock(column.front())->raise();
  below->raise();
  widenTabs();
  spread(plan);
  arrange_when_shown_ = !isVisible();
}

void PaneDesk::showEvent(QShowEvent* event) {
  QMainWindow::showEvent(event);
  if (std::exchange(arrange_when_shown_, false)) {
    QMetaObject::invokeMethod(
        this, [this] { takeSize(); }, Qt::QueuedConnection);
  }
}

void PaneDesk::takeSize() {
  if (states_.contains(layout_)) return showLayout(layout_);
  spread(planOf(layout_));
}

void PaneDesk::widenTabs() {
  for (QTabBar* tabs : findChildren<QTabBar*>(QString(), Qt::FindDirectChildrenOnly)) {
    tabs->setElideMode(Qt::ElideNone);
    tabs->setUsesScrollButtons(true);
    tabs->setExpanding(false);
  }
}

/// Tabs on top of the first one.
void PaneDesk::stack(const QStringList& ids) {
  QDockWidget* before = dock(ids.front());
  for (const QString& id : ids.mid(1)) {
    tabifyDockWidget(before, dock(id));
    before = dock(id);
  }
}

void PaneDesk::spread(const DeskPlan& plan) {
  constexpr int kLeftWidth = 190;
  constexpr int kRightWidth = 290;
  const int centre = std::max(1, width() - kLeftWidth - kRightWidth);
  QList<QDockWidget*> row{dock(kLeft)};
  QList<int> widths{kLeftWidth};
  for (std::size_t i = 0; i < plan.columns.size(); ++i) {
    row << dock(plan.columns[i].front());
    widths << static_cast<int>(plan.shares[i] * centre);
  }
  row << dock(kRight);
  widths << kRightWidth;
  resizeDocks(row, widths, Qt::Horizontal);
  const int low = static_cast<int>(plan.below_share * height());
  resizeDocks({dock(plan.columns.front().front()), dock(plan.below.front())}, {height() - low, low},
              Qt::Vertical);
}

void PaneDesk::showPane(const QString& id) {
  QDockWidget* const wanted = dock(id);
  if (wanted == nullptr) return;
  wanted->show();
  wanted->raise();
  wanted->widget()->setFocus(Qt::ShortcutFocusReason);
}

void PaneDesk::cyclePanes(int direction) {
  const auto holds = [](const QDockWidget* dock) {
    const QWidget* const focus = QApplication::focusWidget();
    return focus != nullptr && (dock == focus || dock->isAncestorOf(focus));
  };
  const auto count = static_cast<int>(docks_.size());
  const auto found = std::find_if(docks_.begin(), docks_.end(), holds);
  const int now = found == docks_.end() ? -1 : static_cast<int>(found - docks_.begin());
  for (int i = 1; i <= count; ++i) {
    QDockWidget* const next =
        docks_[static_cast<std::size_t>(((now + direction * i) % count + count) % count)];
    if (next->isHidden()) continue;
    next->raise();
    next->widget()->setFocus(Qt::TabFocusReason);
    if (holds(next)) return;
  }
}

std::map<QString, QByteArray> PaneDesk::states() const {
  std::map<QString, QByteArray> out;
  for (const auto& [layout, state] : states_) out[layoutName(layout)] = state;
  out[layoutName(layout_)] = saveState(kStateVersion);
  return out;
}

void PaneDesk::restoreStates(const std::map<QString, QByteArray>& states, DeskLayout layout) {
  for (const DeskLayout each : kDeskLayouts) {
    const auto found = states.find(layoutName(each));
    if (found != states.end() && !found->second.isEmpty()) states_[each] = found->second;
  }
  layout_ = layout;
  showLayout(layout);
}

/// A window that was left on a screen that is gone comes back.
void PaneDesk::rescueFloating() {
  for (QDockWidget* each : docks_) {
    if (!each->isFloating()) continue;
    const auto screens = QGuiApplication::screens();
    const bool seen = std::any_of(screens.begin(), screens.end(), [each](const QScreen* screen) {
      return screen->availableGeometry().intersects(each->geometry());
    });
    if (!seen) each->setFloating(false);
  }
}

}  // namespace a2q::workbench
