// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/plot_pane.h"

#include <QApplication>
#include <QDoubleSpinBox>
#include <QEvent>
#include <QLabel>
#include <QMouseEvent>
#include <QToolButton>
#include <QToolTip>
#include <QVBoxLayout>

#include "views/common/crosshair.h"
#include "views/common/legend_toggle.h"
#include "views/common/plot_export.h"
#include "views/common/plot_navigation.h"
#include "views/common/plot_tools.h"
#include "views/common/qcustomplot.h"

namespace a2q::views {
namespace {

/// Smooth edges of long lines cost most of the drawing and show nothing.
void speedUp(QCustomPlot& plot) {
  constexpr int kLong = 2000;
  for (int i = 0; i < plot.graphCount(); ++i) {
    plot.graph(i)->setAntialiased(plot.graph(i)->dataCount() < kLong);
  }
}

}  // namespace

PlotPane::PlotPane(const QString& file_stem, QWidget* parent)
    : QWidget(parent),
      file_stem_(file_stem),
      column_(new QVBoxLayout(this)),
      tools_(new PlotTools(this)),
      plot_(new QCustomPlot(this)),
      notice_(new QLabel(plot_)),
      crosshair_(std::make_unique<Crosshair>(
          *plot_,
          CrosshairWords{[this](const QCPAxis& axis, double key) { return keyText(axis, key); },
                         [this](const QCPAbstractPlottable& series, double value) {
                           return valueText(series, value);
                         }})),
      legend_(std::make_unique<LegendToggle>(*plot_)) {
  constexpr QSize kSmallest(280, 160);
  column_->setContentsMargins(8, 4, 8, 6);
  column_->setSpacing(2);
  column_->addWidget(tools_);
  column_->addWidget(plot_, 1);
  plot_->setMinimumSize(kSmallest);
  plot_->setInteractions(QCP::iRangeDrag | QCP::iRangeZoom);
  plot_->setPlottingHint(QCP::phFastPolylines);
  plot_->setContextMenuPolicy(Qt::CustomContextMenu);
  plot_->setFocusPolicy(Qt::StrongFocus);
  plot_->installEventFilter(this);
  notice_->setAlignment(Qt::AlignCenter);
  notice_->setWordWrap(true);
  notice_->setAttribute(Qt::WA_TransparentForMouseEvents);
  notice_->hide();
  connect(tools_, &PlotTools::used, this, &PlotPane::toolUsed);
  connectMouse();
  updateTools();
}

PlotPane::~PlotPane() {
  // What is drawn and heard of from here on would reach a pane that is half gone.
  plot_->removeEventFilter(this);
  plot_->disconnect(this);
}

void PlotPane::connectMouse() {
  connect(plot_, &QCustomPlot::mouseWheel, this, [this] { stopFollowing(); });
  connect(plot_, &QCustomPlot::mouseDoubleClick, this, &PlotPane::fitAndFollow);
  connect(plot_, &QCustomPlot::mousePress, this, &PlotPane::mousePressed);
  connect(plot_, &QCustomPlot::mouseMove, this, &PlotPane::mouseMoved);
  connect(plot_, &QCustomPlot::beforeReplot, this, [this] {
    speedUp(*plot_);
    if (crosshair_on_) crosshair_->update();
  });
  connect(plot_, &QCustomPlot::legendClick, this,
          [this](QCPLegend* /*legend*/, QCPAbstractLegendItem* item) {
            auto* entry = qobject_cast<QCPPlottableLegendItem*>(item);
            if (entry != nullptr) toggleSeries(entry->plottable()->name());
          });
  connect(plot_, &QCustomPlot::mouseRelease, this, &PlotPane::mouseReleased);
  connect(plot_->selectionRect(), &QCPSelectionRect::accepted, this,
          [this](const QRect& box) { boxDrawn(box); });
  connect(plot_, &QWidget::customContextMenuRequested, this, &PlotPane::showMenu);
}

void PlotPane::mousePressed(QMouseEvent* event) {
  press_ = event->pos();
  const bool box = event->button() == Qt::LeftButton &&
                   (box_mode_ || event->modifiers().testFlag(Qt::ShiftModifier)) &&
                   plot_->axisRectAt(press_) != nullptr;
  plot_->setSelectionRectMode(box ? QCP::srmCustom : QCP::srmNone);
}

void PlotPane::mouseReleased(const QMouseEvent* event) {
  const bool moved = (event->pos() - press_).manhattanLength() >= QApplication::startDragDistance();
  if (event->button() != Qt::LeftButton || moved || plot_->selectionRect()->isActive()) return;
  if (!legend_->covers(event->pos())) clicked(event->pos());
}

void PlotPane::mouseMoved(const QMouseEvent* event) {
  mouse_ = event->pos();
  if (crosshair_on_) {
    crosshair_->moveTo(mouse_);
    crosshair_->draw();
  }
  if ((event->buttons() & Qt::LeftButton) != 0) {
    const bool dragged = (mouse_ - press_).manhattanLength() >= QApplication::startDragDistance();
    if (dragged && !plot_->selectionRect()->isActive()) stopFollowing();
    return;
  }
  const QString tip = crosshair_on_ ? QString() : tipAt(mouse_);
  if (tip.isEmpty()) {
    QToolTip::hideText();
  } else {
    QToolTip::showText(event->globalPosition().toPoint(), tip, plot_);
  }
}

void PlotPane::boxDrawn(const QRect& box) {
  constexpr int kSmallest = 4;  // pixels; less was a click
  QCPAxisRect* rect = plot_->axisRectAt(press_);
  const QRect normal = box.normalized();
  if (rect == nullptr || normal.width() < kSmallest || normal.height() < kSmallest) return;
  zoomTo(*rect, normal);
  if (box_mode_) toggleBox();
  stopFollowing();
  plot_->replot(QCustomPlot::rpQueuedReplot);
}

QCPAxisRect* PlotPane::rectInUse() const {
  if (QCPAxisRect* rect = plot_->axisRectAt(mouse_)) return rect;
  return plot_->axisRectCount() > 0 ? plot_->axisRect(0) : nullptr;
}

void PlotPane::fitAndFollow() {
  follows_ = true;
  fit();
  updateTools();
  plot_->replot(QCustomPlot::rpQueuedReplot);
}

void PlotPane::stopFollowing() {
  if (!follows_) return;
  follows_ = false;
  updateTools();
}

Status PlotPane::exportTo(const QString& path) {
  const auto ends = [&](const char* ending) {
    return path.endsWith(QLatin1String(ending), Qt::CaseInsensitive);
  };
  if (ends(".png")) return exportPicture(*plot_, title(), PictureKind::kPng, path);
  if (ends(".svg")) return exportPicture(*plot_, title(), PictureKind::kSvg, path);
  if (ends(".pdf")) return exportPicture(*plot_, title(), PictureKind::kPdf, path);
  return exportText(csvText(), path);
}

QString PlotPane::crosshairText() const {
  return crosshair_->shown() ? crosshair_->textAt(crosshair_->key()) : QString();
}

QString PlotPane::valueText(const QCPAbstractPlottable& /*series*/, double value) const {
  constexpr int kDigits = 6;
  return QString::number(value, 'g', kDigits);
}

QString PlotPane::keyText(const QCPAxis& axis, double key) const {
  constexpr int kDigits = 6;
  return QStringLiteral("%1: %2").arg(axis.label(), QString::number(key, 'g', kDigits));
}

bool PlotPane::isHidden(const QString& series) const { return legend_->hidden(series); }

void PlotPane::addSmoothing(double weight) {
  constexpr double kMost = 0.99;
  auto* spin = new QDoubleSpinBox;
  spin->setObjectName(QStringLiteral("smoothing"));
  spin->setRange(0, kMost);
  spin->setDecimals(2);
  spin->setSingleStep(0.05);
  spin->setValue(weight);
  spin->setKeyboardTracking(false);
  spin->setPrefix(tr("EMA "));
  spin->setSpecialValueText(tr("raw"));
  spin->setAccessibleName(tr("Smoothing"));
  spin->setToolTip(
      tr("Weight w of the past: s = w·s + (1 − w)·x, as if there had been values "
         "before the first. 0: not smoothed; the raw values stay behind, faint."));
  spin->setMinimumWidth(spin->sizeHint().width());
  connect(spin, &QDoubleSpinBox::valueChanged, this, &PlotPane::smoothingChanged);
  tools_->add(spin);
}

void PlotPane::setNotice(const QString& text) {
  notice_->setText(text);
  notice_->setVisible(!text.isEmpty());
  placeNotice();
}

void PlotPane::placeNotice() {
  constexpr int kMargin = 24;
  notice_->setGeometry(plot_->rect().adjusted(kMargin, kMargin, -kMargin, -kMargin));
}

void PlotPane::retheme() {
  const PlotTheme theme = plotTheme(palette());
  applyTheme(*plot_, theme);
  crosshair_->applyTheme(theme);
  QColor band = theme.first;
  plot_->selectionRect()->setPen(QPen(band, 0, Qt::DashLine));
  band.setAlpha(40);
  plot_->selectionRect()->setBrush(band);
  legend_->apply(theme);
  themeSeries(theme);
  plot_->replot(QCustomPlot::rpQueuedReplot);
}

void PlotPane::reapplyHidden() { legend_->apply(plotTheme(palette())); }

void PlotPane::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) retheme();
}

void PlotPane::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  plot_->setAccessibleName(title());
  plot_->setAccessibleDescription(
      tr("Plus and minus zoom, arrows move, Home fits, F follows, L logarithmic, X crosshair, T "
         "table, Shift+F10 menu."));
  updateTools();
}

}  // namespace a2q::views
