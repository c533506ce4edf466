// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/plot_tools.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QToolButton>

#include "views/common/flow_layout.h"

namespace a2q::views {
namespace {

constexpr int kIcon = 16;

void drawLog(QPainter& painter) {
  // Grid lines that come closer, as on logarithmic paper.
  for (const double y : {2.5, 4.0, 6.5, 10.0, 13.5}) painter.drawLine(QLineF(5, y, 14, y));
  painter.drawLine(QLineF(3, 2, 3, 14));
}

void drawTable(QPainter& painter) {
  painter.drawRect(QRectF(2, 3, 12, 10));
  painter.drawLine(QLineF(2, 6.5, 14, 6.5));
  painter.drawLine(QLineF(2, 9.5, 14, 9.5));
  painter.drawLine(QLineF(7, 3, 7, 13));
}

void drawTool(PlotTool tool, QPainter& painter) {
  switch (tool) {
    case PlotTool::kFollow:
      painter.drawPolyline(QPolygonF({{2, 12}, {6, 6}, {9, 9}, {13, 4}}));
      painter.drawPolyline(QPolygonF({{9.5, 3.5}, {13.5, 3.5}, {13.5, 7.5}}));
      return;
    case PlotTool::kBox:
      painter.setPen(QPen(painter.pen().color(), 1.4, Qt::DotLine));
      painter.drawRect(QRectF(2.5, 2.5, 11, 11));
      return;
    case PlotTool::kLog: return drawLog(painter);
    case PlotTool::kCrosshair:
      painter.drawLine(QLineF(8, 1, 8, 15));
      painter.drawLine(QLineF(1, 8, 15, 8));
      painter.drawEllipse(QPointF(8, 8), 3, 3);
      return;
    case PlotTool::kTable: return drawTable(painter);
    case PlotTool::kMenu: break;
  }
  painter.setBrush(painter.pen().color());
  for (const double y : {3.5, 8.0, 12.5}) painter.drawEllipse(QPointF(8, y), 0.9, 0.9);
}

}  // namespace

QIcon toolIcon(PlotTool tool, const QColor& color) {
  constexpr int kScale = 2;
  QPixmap picture(kIcon * kScale, kIcon * kScale);
  picture.setDevicePixelRatio(kScale);
  picture.fill(Qt::transparent);
  QPainter painter(&picture);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen(color, 1.4));
  drawTool(tool, painter);
  return QIcon(picture);
}

PlotTools::PlotTools(QWidget* parent)
    : QWidget(parent), row_(new QHBoxLayout(this)), heading_(new QLabel) {
  const struct {
    PlotTool tool;
    QString name;
    QString tip;
    bool checkable;
  } rows[] = {
      {PlotTool::kFollow, tr("Follow"), tr("Show everything and follow the data again (F)"), false},
      {PlotTool::kBox, tr("Box zoom"), tr("Zoom into a box that you draw (or Shift and drag)"),
       true},
      {PlotTool::kLog, tr("Logarithmic"), tr("Logarithmic value axis (L)"), true},
      {PlotTool::kCrosshair, tr("Crosshair"),
       tr("The values of all series under the mouse (X); Ctrl+Left and Ctrl+Right move it"), true},
      {PlotTool::kTable, tr("View as table"), tr("The values as a table that can be copied (T)"),
       false},
      {PlotTool::kMenu, tr("Plot menu"), tr("Series, axes, export (Shift+F10)"), false},
  };
  row_->setContentsMargins(0, 0, 0, 0);
  row_->setSpacing(2);
  heading_->setVisible(false);
  heading_->setWordWrap(true);
  row_->addWidget(heading_, 1);
  row_->addStretch(0);
  for (const auto& row : rows) {
    auto* button = new QToolButton;
    button->setObjectName(QStringLiteral("plot_tool_%1").arg(static_cast<int>(row.tool)));
    button->setAutoRaise(true);
    button->setCheckable(row.checkable);
    button->setIconSize({kIcon, kIcon});
    button->setToolTip(row.tip);
    button->setAccessibleName(row.name);
    button->setAccessibleDescription(row.tip);
    button->setFocusPolicy(Qt::StrongFocus);
    connect(button, &QToolButton::clicked, this, [this, tool = row.tool] { Q_EMIT used(tool); });
    row_->addWidget(button, 0, Qt::AlignTop);
    buttons_[static_cast<std::size_t>(row.tool)] = button;
  }
  button(PlotTool::kFollow).setText(tr("Follow"));
  button(PlotTool::kFollow).setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  drawIcons();
}

QToolButton& PlotTools::button(PlotTool tool) const {
  return *buttons_[static_cast<std::size_t>(tool)];
}

void PlotTools::setHeading(const QString& text) {
  heading_->setText(text);
  heading_->setVisible(!text.isEmpty());
}

void PlotTools::setWords(QLabel* words) {
  words->setWordWrap(true);
  row_->replaceWidget(heading_, words);
  row_->setStretchFactor(words, 1);
}

void PlotTools::add(QWidget* control) {
  if (controls_ == nullptr) {
    controls_ = new QWidget;
    controls_->setLayout(new FlowLayout);
    row_->insertWidget(1, controls_, 1);
  }
  controls_->layout()->addWidget(control);
}

void PlotTools::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) drawIcons();
}

void PlotTools::drawIcons() {
  for (int i = 0; i < kPlotToolCount; ++i) {
    const auto tool = static_cast<PlotTool>(i);
    button(tool).setIcon(toolIcon(tool, palette().color(QPalette::ButtonText)));
  }
}

}  // namespace a2q::views
