// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFileDialog>
#include <QKeyEvent>
#include <QMenu>
#include <QMessageBox>
#include <QToolButton>
#include <algorithm>

#include "views/common/crosshair.h"
#include "views/common/legend_toggle.h"
#include "views/common/plot_navigation.h"
#include "views/common/plot_pane.h"
#include "views/common/plot_tools.h"
#include "views/common/qcustomplot.h"
#include "views/common/table_dialog.h"

namespace a2q::views {
namespace {

QAction* addCheckable(QMenu& menu, const QString& text, Qt::CheckState state) {
  QAction* action = menu.addAction(text);
  action->setCheckable(true);
  action->setChecked(state == Qt::Checked);
  return action;
}

bool isPlotKey(const QKeyEvent& event) {
  const bool plain = (event.modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier)) == 0;
  return plain && !event.text().isEmpty() &&
         QStringLiteral("ABFLTX+-=").contains(event.text(), Qt::CaseInsensitive);
}

Qt::CheckState checkedIf(bool on) { return on ? Qt::Checked : Qt::Unchecked; }

}  // namespace

bool PlotPane::eventFilter(QObject* watched, QEvent* event) {
  if (watched == plot_ && event->type() == QEvent::KeyPress) {
    if (keyUsed(*static_cast<QKeyEvent*>(event))) return true;
  }
  // The plot's letters must not start a command of the window while the plot has the keys.
  if (watched == plot_ && event->type() == QEvent::ShortcutOverride &&
      isPlotKey(*static_cast<QKeyEvent*>(event))) {
    event->accept();
    return true;
  }
  if (watched == plot_ && event->type() == QEvent::Resize) placeNotice();
  return QWidget::eventFilter(watched, event);
}

bool PlotPane::keyUsed(const QKeyEvent& event) {
  constexpr double kCloser = 0.8;
  constexpr double kShare = 0.1;
  constexpr double kCrosshairStep = 4;
  if (keyPressed(event)) return true;
  const int key = event.key();
  const bool menu_key =
      key == Qt::Key_Menu || (key == Qt::Key_F10 && event.modifiers() == Qt::ShiftModifier);
  if (menu_key) {
    showMenu(plot_->rect().center());
    return true;
  }
  if (event.modifiers() == Qt::ControlModifier && (key == Qt::Key_Left || key == Qt::Key_Right)) {
    if (!crosshair_on_) return false;
    crosshair_->step(key == Qt::Key_Left ? -kCrosshairStep : kCrosshairStep);
    crosshair_->draw();
    return true;
  }
  if ((event.modifiers() & (Qt::ControlModifier | Qt::AltModifier)) != 0) return false;
  if (letterUsed(key)) return true;
  QCPAxisRect* rect = rectInUse();
  if (rect == nullptr) return false;
  switch (key) {
    case Qt::Key_Plus:
    case Qt::Key_Equal: zoom(*rect, kCloser); break;
    case Qt::Key_Minus: zoom(*rect, 1 / kCloser); break;
    case Qt::Key_Left: pan(*rect, {-kShare, 0}); break;
    case Qt::Key_Right: pan(*rect, {kShare, 0}); break;
    case Qt::Key_Up: pan(*rect, {0, -kShare}); break;
    case Qt::Key_Down: pan(*rect, {0, kShare}); break;
    default: return false;
  }
  stopFollowing();
  plot_->replot(QCustomPlot::rpQueuedReplot);
  return true;
}

bool PlotPane::letterUsed(int key) {
  switch (key) {
    case Qt::Key_Home:
    case Qt::Key_F: fitAndFollow(); return true;
    case Qt::Key_L: toggleScales(); return !logAxes().empty();
    case Qt::Key_X: toggleCrosshair(); return true;
    case Qt::Key_T: showTable(); return true;
    case Qt::Key_B: toggleBox(); return true;
    case Qt::Key_Escape:
      if (!crosshair_on_ && !box_mode_) return false;
      if (crosshair_on_) toggleCrosshair();
      if (box_mode_) toggleBox();
      return true;
    default: return false;
  }
}

void PlotPane::toolUsed(PlotTool tool) {
  switch (tool) {
    case PlotTool::kFollow: fitAndFollow(); break;
    case PlotTool::kBox: toggleBox(); break;
    case PlotTool::kLog: toggleScales(); break;
    case PlotTool::kCrosshair: toggleCrosshair(); break;
    case PlotTool::kTable: showTable(); break;
    case PlotTool::kMenu: {
      const QToolButton& button = tools_->button(PlotTool::kMenu);
      showMenu(plot_->mapFromGlobal(button.mapToGlobal(button.rect().bottomLeft())));
      break;
    }
  }
}

void PlotPane::toggleBox() {
  box_mode_ = !box_mode_;
  plot_->setCursor(box_mode_ ? Qt::CrossCursor : Qt::ArrowCursor);
  updateTools();
}

void PlotPane::toggleScales() {
  const auto axes = logAxes();
  const bool all = std::all_of(axes.begin(), axes.end(), [](const QCPAxis* axis) {
    return scaleOf(*axis) == AxisScale::kLogarithmic;
  });
  for (QCPAxis* axis : axes) {
    toggleScale(*axis, all ? AxisScale::kLinear : AxisScale::kLogarithmic);
  }
}

void PlotPane::toggleScale(QCPAxis& axis, AxisScale scale) {
  if (scaleOf(axis) == scale) return;
  setScale(axis, scale);
  scaleChanged(axis);
  if (follows_) fit();
  updateTools();
  plot_->replot(QCustomPlot::rpQueuedReplot);
}

void PlotPane::toggleCrosshair() {
  crosshair_on_ = !crosshair_on_;
  if (crosshair_on_) {
    crosshair_->moveTo(mouse_);
    if (!crosshair_->shown()) crosshair_->step(0);
  } else {
    crosshair_->hide();
  }
  crosshair_->draw();
  updateTools();
}

void PlotPane::toggleSeries(const QString& name) {
  legend_->toggle(name);
  reapplyHidden();
  seriesToggled(name);
  if (follows_) fit();
  plot_->replot(QCustomPlot::rpQueuedReplot);
}

TableDialog* PlotPane::showTable() {
  if (table_ == nullptr) {
    table_ = new TableDialog(
        title(), [this] { return csvText(); }, this);
  } else {
    table_->refresh();
  }
  table_->show();
  table_->raise();
  table_->activateWindow();
  return table_;
}

void PlotPane::showMenu(const QPoint& place) {
  auto* menu = new QMenu(this);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  fillViewEntries(*menu);
  fillSeriesEntries(*menu);
  fillMenu(*menu);
  menu->addSeparator();
  menu->addAction(tr("View as &table\tT"), this, [this] { showTable(); });
  fillExportEntries(*menu);
  menu->popup(plot_->mapToGlobal(place));
}

void PlotPane::fillViewEntries(QMenu& menu) {
  menu.addAction(tr("&Fit and follow\tF"), this, &PlotPane::fitAndFollow);
  connect(addCheckable(menu, tr("&Box zoom\tB"), checkedIf(box_mode_)), &QAction::triggered, this,
          &PlotPane::toggleBox);
  connect(addCheckable(menu, tr("&Crosshair\tX"), checkedIf(crosshair_on_)), &QAction::triggered,
          this, &PlotPane::toggleCrosshair);
  for (QCPAxis* axis : logAxes()) {
    const bool is_log = scaleOf(*axis) == AxisScale::kLogarithmic;
    QAction* action =
        addCheckable(menu, tr("Logarithmic: %1\tL").arg(axis->label()), checkedIf(is_log));
    connect(action, &QAction::triggered, axis, [this, axis, is_log] {
      toggleScale(*axis, is_log ? AxisScale::kLinear : AxisScale::kLogarithmic);
    });
  }
}

void PlotPane::fillSeriesEntries(QMenu& menu) {
  const QStringList names = legend_->names();
  if (names.isEmpty()) return;
  QMenu* series = menu.addMenu(tr("&Series"));
  for (const QString& name : names) {
    connect(addCheckable(*series, name, checkedIf(!legend_->hidden(name))), &QAction::triggered,
            this, [this, name] { toggleSeries(name); });
  }
}

void PlotPane::fillExportEntries(QMenu& menu) {
  const struct {
    QString text;
    QString ending;
    QString filter;
  } rows[] = {
      {tr("Save picture as &PNG…"), QStringLiteral("png"), tr("PNG picture (*.png)")},
      {tr("Save picture as S&VG…"), QStringLiteral("svg"), tr("SVG drawing (*.svg)")},
      {tr("Save picture as P&DF…"), QStringLiteral("pdf"), tr("PDF document (*.pdf)")},
      {tr("Save values as CS&V…"), QStringLiteral("csv"), tr("CSV table (*.csv)")},
  };
  menu.addSeparator();
  for (const auto& row : rows) {
    menu.addAction(row.text, this, [this, row] { askAndExport(row.ending, row.filter); });
  }
}

void PlotPane::askAndExport(const QString& ending, const QString& filter) {
  const QString proposal = file_stem_ + QLatin1Char('.') + ending;
  QString path = QFileDialog::getSaveFileName(this, tr("Export"), proposal, filter);
  if (path.isEmpty()) return;
  if (!path.endsWith(QLatin1Char('.') + ending, Qt::CaseInsensitive)) {
    path += QLatin1Char('.') + ending;
  }
  const Status written = exportTo(path);
  if (written) return;
  QMessageBox box(QMessageBox::Warning, tr("Export failed"),
                  tr("Nothing was written to %1.").arg(path), QMessageBox::Ok, this);
  box.setInformativeText(
      QString::fromStdString(written.error().cause + "\n" + written.error().remedy));
  box.setDetailedText(QString::fromStdString(describe(written.error())));
  box.exec();
}

void PlotPane::updateTools() {
  const auto axes = logAxes();
  tools_->button(PlotTool::kFollow).setVisible(!follows_);
  tools_->button(PlotTool::kBox).setChecked(box_mode_);
  tools_->button(PlotTool::kCrosshair).setChecked(crosshair_on_);
  QToolButton& log = tools_->button(PlotTool::kLog);
  log.setVisible(!axes.empty());
  log.setChecked(!axes.empty() && std::all_of(axes.begin(), axes.end(), [](const QCPAxis* axis) {
    return scaleOf(*axis) == AxisScale::kLogarithmic;
  }));
}

}  // namespace a2q::views
