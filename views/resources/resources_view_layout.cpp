// SPDX-License-Identifier: GPL-3.0-or-later
// The part of ResourcesView that makes its controls, its plot, and what stands below.
#include <QComboBox>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

#include "views/common/flow_layout.h"
#include "views/common/painted_item.h"
#include "views/common/plot_note.h"
#include "views/common/plot_tools.h"
#include "views/common/qcustomplot.h"
#include "views/resources/device_box.h"
#include "views/resources/folding_box.h"
#include "views/resources/limits_box.h"
#include "views/resources/policy_table.h"
#include "views/resources/resources_view.h"
#include "views/resources/synthesis_box.h"

namespace a2q::views {

void ResourcesView::createControls() {
  device_ = new DeviceBox;
  model_ = new QComboBox;
  model_->setObjectName(QStringLiteral("resources_model"));
  model_->setAccessibleName(tr("Model"));
  model_->setToolTip(tr(
      "calibrated: coefficients fitted to synthesised blocks, with the interval in which 90 % of "
      "them lie.\nfinn: the published analytic model of FINN."));
  model_->addItem(tr("calibrated"), QVariant::fromValue(static_cast<int>(ModelKind::kCalibrated)));
  model_->addItem(tr("finn"), QVariant::fromValue(static_cast<int>(ModelKind::kFinn)));
  kind_ = new QComboBox;
  kind_->setObjectName(QStringLiteral("resources_kind"));
  kind_->setAccessibleName(tr("Resource shown"));
  kind_->setToolTip(tr("The resource of the bars"));
  kind_->addItems({tr("LUT"), tr("FF"), tr("BRAM"), tr("DSP"), tr("All")});
  limits_ = new LimitsBox;
  synthesis_ = new SynthesisBox;
  auto* copy = new QToolButton;
  copy->setText(tr("Copy"));
  copy->setObjectName(QStringLiteral("resources_copy"));
  copy->setAccessibleName(tr("Copy as command"));
  copy->setToolTip(
      tr("Copy as command: put the 'a2q estimate' line that tells the same into the clipboard"));
  auto* row = new FlowLayout;
  for (QWidget* each :
       std::initializer_list<QWidget*>{device_, model_, kind_, copy, limits_, synthesis_}) {
    row->addWidget(each);
  }
  column().insertLayout(0, row);
  connect(device_, &DeviceBox::placeWanted, this, &ResourcesView::placeWanted);
  connect(model_, &QComboBox::activated, this,
          [this] { Q_EMIT modelWanted(static_cast<ModelKind>(model_->currentData().toInt())); });
  connect(limits_, &LimitsBox::utilisationWanted, this, &ResourcesView::utilisationWanted);
  connect(limits_, &LimitsBox::clockWanted, this, &ResourcesView::clockWanted);
  connect(synthesis_, &SynthesisBox::synthesisWanted, this, &ResourcesView::synthesisWanted);
  connect(synthesis_, &SynthesisBox::stopWanted, this, &ResourcesView::synthesisStopWanted);
  connect(kind_, &QComboBox::currentIndexChanged, this, &ResourcesView::showKinds);
  connect(copy, &QToolButton::clicked, this, &ResourcesView::copyWanted);
}

void ResourcesView::createPlot() {
  plot().setFocusPolicy(Qt::StrongFocus);
  plot().setAccessibleName(accessibleName());
  plot().setMinimumHeight(110);
  plot().xAxis->setLabel(tr("share of the device in %"));
  new PaintedItem(plot(), [this](QPainter& painter) {
    if (story_) bars_.paint(painter, *story_, rows_, selectedRow());
  });
  note_ = addPlotNote(plot());
}

void ResourcesView::createBelow() {
  verdict_ = new QLabel;
  verdict_->setObjectName(QStringLiteral("resources_verdict"));
  tools().setWords(verdict_);
  compared_ = new QLabel;
  compared_->setObjectName(QStringLiteral("resources_compared"));
  compared_->setTextFormat(Qt::PlainText);
  compared_->setWordWrap(true);
  speed_ = new QLabel;
  speed_->setObjectName(QStringLiteral("resources_speed"));
  speed_->setWordWrap(true);
  policies_ = new PolicyTable;
  folding_ = new FoldingBox;
  for (QWidget* each : std::initializer_list<QWidget*>{compared_, speed_, folding_, policies_}) {
    column().addWidget(each);
  }
  connect(policies_, &PolicyTable::policyWanted, this, &ResourcesView::policyWanted);
  connect(folding_, &FoldingBox::foldingWanted, this, &ResourcesView::foldingWanted);
  connect(folding_, &FoldingBox::foldingFreed, this, &ResourcesView::foldingFreed);
}

}  // namespace a2q::views
