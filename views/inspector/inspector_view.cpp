// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/inspector/inspector_view.h"

#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "core/integer/what_if.h"
#include "views/common/number_text.h"
#include "views/common/selection.h"
#include "views/inspector/fact_list.h"
#include "views/inspector/inspector_facts.h"
#include "views/inspector/layer_text.h"

namespace a2q::views {
namespace {

constexpr int kLeastWidth = 280;

QToolButton* crumb(const char* name) {
  auto* button = new QToolButton;
  button->setObjectName(QString::fromUtf8(name));
  button->setAutoRaise(true);
  button->setFocusPolicy(Qt::StrongFocus);
  return button;
}

}  // namespace

InspectorView::InspectorView(Selection& selection, QWidget* parent)
    : QWidget(parent), selection_(selection), content_(new QWidget) {
  setObjectName(QStringLiteral("inspector"));
  setAccessibleName(tr("Inspector"));
  setMinimumWidth(kLeastWidth);
  auto* scroll = new QScrollArea;
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scroll->setWidget(content_);
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(0, 0, 0, 0);
  outer->addWidget(scroll);
  auto* column = new QVBoxLayout(content_);
  column->setContentsMargins(8, 6, 8, 6);
  createBreadcrumbs();
  facts_ = new FactList;
  column->addWidget(facts_);
  createWitness();
  auto* line = new QFrame;
  line->setFrameShape(QFrame::HLine);
  line->setFrameShadow(QFrame::Sunken);
  column->addWidget(line);
  panel_ = new WhatIfPanel;
  column->addWidget(panel_);
  column->addStretch(1);
  connect(panel_, &WhatIfPanel::whatIfChanged, this, &InspectorView::whatIfChanged);
  connect(panel_, &WhatIfPanel::applyWanted, this, &InspectorView::applyWanted);
  connect(panel_, &WhatIfPanel::copyWanted, this, &InspectorView::copyWanted);
  connect(&selection_, &Selection::changed, this, &InspectorView::showSelection);
  showSelection();
}

void InspectorView::createBreadcrumbs() {
  network_ = crumb("crumb_network");
  layer_ = crumb("crumb_layer");
  channel_ = new QSpinBox;
  channel_->setObjectName(QStringLiteral("crumb_channel"));
  channel_->setAccessibleName(tr("Channel"));
  channel_->setPrefix(QStringLiteral("▸ "));
  channel_->setSpecialValueText(tr("▸ all channels"));
  channel_->setKeyboardTracking(false);
  network_->setText(tr("Network"));
  network_->setToolTip(tr("Selects the whole network"));
  auto* row = new QHBoxLayout;
  row->setSpacing(2);
  row->addWidget(network_);
  for (QWidget* crumb : {static_cast<QWidget*>(layer_), static_cast<QWidget*>(channel_)}) {
    // A crumb that is not there keeps the height of the line.
    QSizePolicy policy = crumb->sizePolicy();
    policy.setRetainSizeWhenHidden(true);
    policy.setHorizontalPolicy(QSizePolicy::Maximum);
    crumb->setSizePolicy(policy);
    row->addWidget(crumb);
  }
  row->addStretch(1);
  static_cast<QVBoxLayout*>(content_->layout())->addLayout(row);
  connect(network_, &QToolButton::clicked, this, [this] { selection_.selectLayer({}); });
  connect(layer_, &QToolButton::clicked, this,
          [this] { selection_.selectChannel(selection_.layer(), -1); });
  connect(channel_, &QSpinBox::valueChanged, this,
          [this](int channel) { selection_.selectChannel(selection_.layer(), channel); });
}

void InspectorView::createWitness() {
  witness_ = new QPushButton(tr("Witness ▸"));
  witness_->setObjectName(QStringLiteral("witness"));
  static_cast<QVBoxLayout*>(content_->layout())->addWidget(witness_);
  connect(witness_, &QPushButton::clicked, this,
          [this] { Q_EMIT witnessWanted(selection_.layer(), witnessChannel()); });
}

void InspectorView::showRun(const StoryPointer& story) {
  story_ = story;
  const std::vector<LayerSnapshot> none;
  auto layers = factsOf(story->experiment, story->layers ? *story->layers : none);
  layers_ = layers ? std::move(*layers) : std::vector<LayerFacts>{};
  if (!panel_->hasExperiment()) panel_->setExperiment(story->experiment);
  panel_->setRun(QString::fromStdString(story->name), story->experiment.quant);
  showCrumbs();
  showFacts();
}

void InspectorView::showExperiment(const Experiment& experiment) {
  panel_->setExperiment(experiment);
}

void InspectorView::showSelection() {
  panel_->setLayer(selection_.layer());
  showCrumbs();
  showFacts();
}

void InspectorView::showCrumbs() {
  const QString layer = selection_.layer();
  const int channel = selection_.channel();
  const LayerFacts* facts = selectedFacts();
  layer_->setVisible(!layer.isEmpty());
  layer_->setText(
      QStringLiteral("▸ %1").arg(fontMetrics().elidedText(layer, Qt::ElideMiddle, 110)));
  layer_->setToolTip(tr("Selects layer %1").arg(layer));
  layer_->setAccessibleName(tr("Layer %1").arg(layer));
  const QSignalBlocker quiet(channel_);
  channel_->setVisible(facts != nullptr);
  channel_->setRange(-1, facts == nullptr ? -1 : static_cast<int>(facts->channels) - 1);
  channel_->setValue(channel);
  channel_->setToolTip(tr("The output channel, one accumulator each; counted from 0"));
  const std::pair<QToolButton*, bool> crumbs[] = {{network_, layer.isEmpty()},
                                                  {layer_, !layer.isEmpty() && channel < 0}};
  for (const auto& [button, is_shown] : crumbs) {
    QFont font = button->font();
    font.setBold(is_shown);
    button->setFont(font);
  }
}

const LayerFacts* InspectorView::selectedFacts() const {
  const auto found =
      std::ranges::find(layers_, selection_.layer().toStdString(), &LayerFacts::layer);
  return found == layers_.end() ? nullptr : &*found;
}

int InspectorView::witnessChannel() const {
  const LayerFacts* facts = selectedFacts();
  if (facts == nullptr || !facts->norms) return -1;
  const bool chosen = selection_.channel() >= 0 && selection_.channel() < facts->channels;
  return chosen ? selection_.channel() : static_cast<int>(facts->norms->worst);
}

void InspectorView::showFacts() {
  if (!story_) {
    facts_->show({{{tr("Nothing here yet"), tr("open a project or a sample"), {}, {}}},
                  {{}, tr("no network"), {}}});
    witness_->setEnabled(false);
    return;
  }
  const LayerFacts* facts = selectedFacts();
  if (selection_.layer().isEmpty()) {
    facts_->show(networkSheet(*story_, layers_));
  } else if (facts == nullptr) {
    facts_->show(otherSheet(*story_, selection_.layer().toStdString()));
  } else if (selection_.channel() >= 0) {
    facts_->show(channelSheet(*story_, *facts, selection_.channel()));
  } else {
    facts_->show(layerSheet(*story_, *facts));
  }
  const int channel = witnessChannel();
  const bool has_weights = channel >= 0 && story_->record != nullptr;
  witness_->setEnabled(has_weights);
  witness_->setToolTip(
      has_weights ? tr("Shows the input that attains the end of the exact range of channel %1, and "
                       "its running sum")
                        .arg(channel)
      : channel < 0 ? tr("Select a layer that has trained weights.")
                    : tr("A witness needs the weights of a run that has ended."));
  witness_->setAccessibleDescription(witness_->toolTip());
}

}  // namespace a2q::views
