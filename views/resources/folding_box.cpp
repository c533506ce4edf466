// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/resources/folding_box.h"

#include <QLabel>
#include <QPushButton>

#include "views/common/flow_layout.h"
#include "views/common/plain_tip.h"
#include "views/resources/legal_spin_box.h"

namespace a2q::views {
namespace {

QString listText(const std::vector<std::int64_t>& values) {
  QStringList words;
  for (const std::int64_t value : values) words << QString::number(value);
  return words.join(QStringLiteral(", "));
}

}  // namespace

FoldingBox::FoldingBox(QWidget* parent)
    : QWidget(parent),
      name_(new QLabel),
      pe_(new LegalSpinBox),
      simd_(new LegalSpinBox),
      free_(new QPushButton(tr("&Search again"))) {
  name_->setObjectName(QStringLiteral("folding_layer"));
  name_->setTextFormat(Qt::PlainText);
  pe_->setObjectName(QStringLiteral("folding_pe"));
  pe_->setAccessibleName(tr("PE of the selected layer"));
  pe_->setPrefix(tr("PE "));
  simd_->setObjectName(QStringLiteral("folding_simd"));
  simd_->setAccessibleName(tr("SIMD of the selected layer"));
  simd_->setPrefix(tr("SIMD "));
  free_->setObjectName(QStringLiteral("folding_free"));
  free_->setToolTip(tr("Give PE and SIMD of this layer back to the search"));
  auto* row = new FlowLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  for (QWidget* each : std::initializer_list<QWidget*>{name_, pe_, simd_, free_}) {
    row->addWidget(each);
  }
  connect(pe_, &QSpinBox::valueChanged, this, &FoldingBox::ask);
  connect(simd_, &QSpinBox::valueChanged, this, &FoldingBox::ask);
  connect(free_, &QPushButton::clicked, this, [this] { Q_EMIT foldingFreed(layer_); });
}

void FoldingBox::ask() { Q_EMIT foldingWanted(layer_, pe_->value(), simd_->value()); }

void FoldingBox::showLayer(const HardwarePointer& story, std::size_t layer) {
  const bool any = layer != 0 && story && story->plan;
  for (QWidget* each : std::initializer_list<QWidget*>{pe_, simd_, free_}) each->setVisible(any);
  if (!any) {
    layer_.clear();
    name_->setText(tr("Select a layer to choose its PE and SIMD."));
    return;
  }
  const DesignLayer& one = story->plan->design.network.layers[layer];
  const LayerFolding& folding = story->plan->design.folding.layers[layer];
  layer_ = QString::fromStdString(one.name);
  const bool decided = story->request.overrides.contains(one.name);
  name_->setText(decided ? tr("%1 (by hand):").arg(layer_) : tr("%1 (searched):").arg(layer_));
  pe_->showValues(legalPe(one), folding.pe);
  simd_->showValues(legalSimd(one), folding.simd);
  simd_->setVisible(one.operation == DesignOperation::kDense);
  free_->setEnabled(decided);
  pe_->setToolTip(plainTip(tr("Outputs at once; it divides the %1 channels of %2: %3")
                               .arg(one.output.channels)
                               .arg(layer_, listText(pe_->legal()))));
  simd_->setToolTip(plainTip(tr("Products of an output at once; what %1 can take: %2")
                                 .arg(layer_, listText(simd_->legal()))));
}

}  // namespace a2q::views
