// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/plot_pane.h"

#include <QEvent>
#include <QFileDialog>
#include <QMenu>
#include <QMessageBox>
#include <QMouseEvent>
#include <QToolTip>
#include <QVBoxLayout>

#include "core/base/atomic_file.h"
#include "views/common/qcustomplot.h"

namespace a2q::views {

PlotPane::PlotPane(const QString& file_stem, QWidget* parent)
    : QWidget(parent),
      file_stem_(file_stem),
      column_(new QVBoxLayout(this)),
      plot_(new QCustomPlot(this)) {
  constexpr QSize kSmallest(280, 180);
  column_->setContentsMargins(8, 6, 8, 6);
  column_->setSpacing(4);
  column_->addWidget(plot_, 1);
  plot_->setMinimumSize(kSmallest);
  plot_->setInteractions(QCP::iRangeDrag | QCP::iRangeZoom);
  plot_->setContextMenuPolicy(Qt::CustomContextMenu);
  connectMouse();
}

void PlotPane::connectMouse() {
  connect(plot_, &QCustomPlot::mouseWheel, this, [this] { follows_ = false; });
  connect(plot_, &QCustomPlot::mouseDoubleClick, this, &PlotPane::fitAndFollow);
  connect(plot_, &QCustomPlot::mouseMove, this, [this](const QMouseEvent* event) {
    if ((event->buttons() & Qt::LeftButton) != 0) {
      follows_ = false;
      return;
    }
    const QString tip = tipAt(event->pos());
    if (tip.isEmpty()) {
      QToolTip::hideText();
    } else {
      QToolTip::showText(event->globalPosition().toPoint(), tip, plot_);
    }
  });
  connect(plot_, &QWidget::customContextMenuRequested, this, &PlotPane::showMenu);
}

void PlotPane::fitAndFollow() {
  follows_ = true;
  fit();
  plot_->replot(QCustomPlot::rpQueuedReplot);
}

void PlotPane::showMenu(const QPoint& place) {
  QMenu menu(this);
  menu.addAction(tr("&Fit (double-click)"), this, &PlotPane::fitAndFollow);
  menu.addSeparator();
  menu.addAction(tr("Save picture as &PNG…"), this,
                 [this] { askAndExport(QStringLiteral("png"), tr("PNG picture (*.png)")); });
  menu.addAction(tr("Save picture as P&DF…"), this,
                 [this] { askAndExport(QStringLiteral("pdf"), tr("PDF document (*.pdf)")); });
  menu.addAction(tr("Save values as &CSV…"), this,
                 [this] { askAndExport(QStringLiteral("csv"), tr("CSV table (*.csv)")); });
  menu.exec(plot_->mapToGlobal(place));
}

void PlotPane::askAndExport(const QString& ending, const QString& filter) {
  const QString proposal = file_stem_ + QLatin1Char('.') + ending;
  QString path = QFileDialog::getSaveFileName(this, tr("Export"), proposal, filter);
  if (path.isEmpty()) return;
  if (!path.endsWith(QLatin1Char('.') + ending, Qt::CaseInsensitive)) {
    path += QLatin1Char('.') + ending;
  }
  if (exportTo(path)) return;
  QMessageBox::warning(this, tr("Export failed"),
                       tr("Nothing was written to %1. Check the free space and the permission of "
                          "the folder.")
                           .arg(path));
}

bool PlotPane::exportTo(const QString& path) {
  constexpr int kScale = 2;
  if (path.endsWith(QStringLiteral(".png"), Qt::CaseInsensitive)) {
    return plot_->savePng(path, 0, 0, kScale);
  }
  if (path.endsWith(QStringLiteral(".pdf"), Qt::CaseInsensitive)) return plot_->savePdf(path);
  return writeFileAtomically(path.toStdString(), csvText().toStdString()).has_value();
}

void PlotPane::retheme() {
  const PlotTheme theme = plotTheme(palette());
  applyTheme(*plot_, theme);
  themeSeries(theme);
  plot_->replot(QCustomPlot::rpQueuedReplot);
}

void PlotPane::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) retheme();
}

}  // namespace a2q::views
