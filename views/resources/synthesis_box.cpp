// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/resources/synthesis_box.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

#include "views/common/plain_tip.h"

namespace a2q::views {

QString blocksText(const SynthesisState& state) {
  return QCoreApplication::translate("Resources", "%1 of %2 blocks")
      .arg(state.done)
      .arg(state.blocks);
}

SynthesisBox::SynthesisBox(QWidget* parent)
    : QWidget(parent), button_(new QToolButton), progress_(new QLabel) {
  button_->setObjectName(QStringLiteral("resources_synthesise"));
  progress_->setObjectName(QStringLiteral("resources_synthesis_progress"));
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->addWidget(button_);
  row->addWidget(progress_);
  connect(button_, &QToolButton::clicked, this, [this] {
    if (state_.phase == SynthesisPhase::kIdle) return Q_EMIT synthesisWanted();
    Q_EMIT stopWanted();
  });
  showState({});
}

void SynthesisBox::showState(const SynthesisState& state) {
  state_ = state;
  const bool idle = state.phase == SynthesisPhase::kIdle;
  const bool stopping = state.phase == SynthesisPhase::kStopping;
  progress_->setVisible(!idle);
  progress_->setText(idle ? QString() : blocksText(state));
  button_->setText(idle ? tr("Synthesise") : stopping ? tr("Stopping…") : tr("Stop synthesis"));
  button_->setAccessibleName(button_->text());
  button_->setEnabled(idle ? state.why_not.isEmpty() : !stopping);
  const QString what =
      tr("Synthesise every block of the design with Yosys, in the background, and show what it "
         "takes beside the estimate");
  button_->setToolTip(plainTip(!idle ? tr("What is synthesised already stays")
                               : state.why_not.isEmpty()
                                   ? what
                                   : what + QLatin1Char('\n') + state.why_not));
}

}  // namespace a2q::views
