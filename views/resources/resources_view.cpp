// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/resources/resources_view.h"

#include <QComboBox>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QSignalBlocker>
#include <algorithm>
#include <cmath>

#include "views/common/layer_axis.h"
#include "views/common/plot_note.h"
#include "views/common/qcustomplot.h"
#include "views/resources/device_box.h"
#include "views/resources/folding_box.h"
#include "views/resources/limits_box.h"
#include "views/resources/policy_table.h"
#include "views/resources/resource_text.h"
#include "views/resources/synthesis_box.h"
#include "views/resources/synthesis_text.h"

namespace a2q::views {

ResourcesView::ResourcesView(Selection& selection, QWidget* parent)
    : PlotPane(QStringLiteral("resources"), parent),
      selection_(selection),
      bars_(*plot().xAxis, *plot().yAxis) {
  setObjectName(QStringLiteral("resources"));
  setAccessibleName(tr("Resources of the device by layer"));
  setFocusProxy(&plot());
  createControls();
  createPlot();
  createBelow();
  connect(&selection_, &Selection::changed, this, [this] {
    showSelected();
    plot().replot();
  });
  retheme();
  showRows();
  fit();
}

void ResourcesView::showHardware(const HardwarePointer& story) {
  story_ = story;
  const auto before = rows_.size();
  rows_ = resourceRows(*story_);
  limits_->showRequest(story_->request);
  device_->showPlace(QString::fromStdString(story_->place));
  const QSignalBlocker silent(model_);
  model_->setCurrentIndex(model_->findData(static_cast<int>(story_->request.model)));
  const Family& family = *story_->request.device->family;
  for (std::size_t i = 0; i < kResourceKinds.size(); ++i) {
    kind_->setItemText(static_cast<int>(i), unitOf(family, kResourceKinds[i]));
  }
  showRows();
  if (follows() || before != rows_.size()) fit();
  plot().replot();
}

void ResourcesView::showSynthesis(const SynthesisState& state) { synthesis_->showState(state); }

void ResourcesView::showKinds() {
  const auto index = static_cast<std::size_t>(kind_->currentIndex());
  if (index < kResourceKinds.size()) {
    bars_.setKinds({kResourceKinds[index]});
  } else {
    bars_.setKinds({kResourceKinds.begin(), kResourceKinds.end()});
  }
  showWords();
  fitAndFollow();
}

void ResourcesView::showRows() {
  QStringList names, spoken;
  for (const ResourceRow& row : rows_) {
    names << row.name;
    const ResourceKind kind = bars_.kinds().front();
    const QString synthesis = synthesisText(*story_, row, kind);
    spoken << row.name + QStringLiteral(": ") + amountText(*story_, row.use, kind) +
                  (synthesis.isEmpty() ? QString() : QStringLiteral(", ") + synthesis) +
                  (row.bottleneck ? tr(", bottleneck") : QString());
  }
  showLayerNames(*plot().yAxis, names);
  setAccessibleDescription(spoken.join(QStringLiteral("; ")));
  plot().setAccessibleDescription(accessibleDescription());
  const bool any = !rows_.empty();
  showPlotNote(*note_, any      ? QString()
                       : story_ ? story_->problem
                                : tr("The estimate is being computed."));
  policies_->setVisible(any);
  if (any) policies_->showPolicies(*story_);
  showWords();
  showSelected();
}

void ResourcesView::showWords() {
  const bool any = !rows_.empty();
  for (QLabel* each : {verdict_, compared_, speed_}) each->setVisible(any);
  if (!any) return;
  QString text = verdictText(*story_);
  if (bars_.kinds().size() > 1) {
    QStringList legend;
    for (const ResourceKind kind : bars_.kinds()) {
      legend << QStringLiteral("<span style=\"color:%1\">■</span> %2")
                    .arg(bars_.colorOf(kind).name(), unitOf(*story_->request.device->family, kind));
    }
    text += tr("<br>Bars from above: %1").arg(legend.join(QStringLiteral(", ")));
  }
  verdict_->setText(text);
  verdict_->setToolTip(story_->fits ? resourceTip(*story_, rows_.back())
                                    : resourceTip(*story_, rows_.back()) + QStringLiteral("<br>") +
                                          story_->problem.toHtmlEscaped());
  compared_->setText(synthesisVerdict(*story_, rows_));
  compared_->setVisible(story_->synthesis.has_value());
  compared_->setToolTip(verdict_->toolTip());
  speed_->setText(speedText(*story_));
  speed_->setToolTip(speedTip(*story_));
}

int ResourcesView::selectedRow() const {
  if (selection_.layer().isEmpty()) return -1;
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    if (!rows_[i].isTotal() && rows_[i].name == selection_.layer()) return static_cast<int>(i);
  }
  return -1;
}

void ResourcesView::showSelected() {
  const int row = selectedRow();
  folding_->setVisible(!rows_.empty());
  folding_->showLayer(story_, row < 0 ? 0 : rows_[static_cast<std::size_t>(row)].layer);
}

QPoint ResourcesView::placeOf(int row) const {
  return {plot().axisRect()->center().x(),
          static_cast<int>(std::lround(plot().yAxis->coordToPixel(row + 1)))};
}

int ResourcesView::rowAt(const QPoint& place) const {
  if (!plot().axisRect()->rect().contains(place)) return -1;
  return layerAt(plot().yAxis->pixelToCoord(place.y()), rows_.size());
}

void ResourcesView::clicked(const QPoint& place) {
  const int row = rowAt(place);
  if (row >= 0) moveTo(row);
}

void ResourcesView::moveTo(int row) {
  const ResourceRow& one = rows_[static_cast<std::size_t>(row)];
  if (!one.isTotal()) selection_.selectLayer(one.name);
}

void ResourcesView::fillMenu(QMenu& menu) {
  menu.addAction(tr("Copy as c&ommand"), this, &ResourcesView::copyWanted);
}

bool ResourcesView::keyPressed(const QKeyEvent& event) {
  const bool modified = event.modifiers() != (event.modifiers() & Qt::KeypadModifier);
  if (rows_.size() < 2 || modified) return false;
  const int last = static_cast<int>(rows_.size()) - 2;
  switch (event.key()) {
    case Qt::Key_Up: moveTo(std::clamp(selectedRow() - 1, 0, last)); return true;
    case Qt::Key_Down: moveTo(std::clamp(selectedRow() + 1, 0, last)); return true;
    case Qt::Key_Home: moveTo(0); return true;
    case Qt::Key_End: moveTo(last); return true;
    default: return false;
  }
}

void ResourcesView::fit() {
  constexpr double kPercent = 100;
  constexpr double kRoom = 1.06;
  constexpr double kMost = 10;  // devices: more would press all bars flat
  fitLayers(*plot().yAxis, rows_.size());
  double reach = story_ ? story_->request.utilisation : 1;
  for (const ResourceRow& row : rows_) {
    for (const ResourceKind kind : bars_.kinds()) {
      const ResourceVector& most = row.use.high ? *row.use.high : row.use.value;
      const Device& device = *story_->request.device;
      reach = std::max(reach, shareOf(amountOf(most, kind), device, kind));
      if (!row.synthesis) continue;
      reach = std::max(reach, shareOf(amountOf(*row.synthesis, kind), device, kind));
    }
  }
  plot().xAxis->setRange(0, kPercent * kRoom * std::min(reach, kMost));
}

void ResourcesView::themeSeries(const PlotTheme& theme) {
  bars_.setTheme(theme);
  note_->setColor(theme.text);
  showWords();
}

QString ResourcesView::tipAt(const QPoint& place) const {
  const int row = rowAt(place);
  return row < 0 ? QString() : resourceTip(*story_, rows_[static_cast<std::size_t>(row)]);
}

QString ResourcesView::csvText() const { return story_ ? resourceCsv(*story_, rows_) : QString(); }

}  // namespace a2q::views
