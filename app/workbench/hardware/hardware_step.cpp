// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/hardware/hardware_step.h"

#include <QCoreApplication>

#include "hw_backend/device/board.h"
#include "views/common/number_text.h"
#include "views/resources/resource_text.h"

namespace a2q::workbench {
namespace {

using views::StepState;

class Words {
  Q_DECLARE_TR_FUNCTIONS(Flow)
};

/// As the chooser of the pane says it.
QString titleOf(const views::HardwareStory& story) {
  const auto board = findBoard(story.place);
  return QString::fromStdString(board ? (*board)->title : story.request.device->part);
}

}  // namespace

views::FlowStep hardwareStep(const views::HardwarePointer& story, const QString& changes) {
  views::FlowStep step{
      views::StepId::kHardware, Words::tr("Hardware"), StepState::kRunning, {}, {}};
  if (!story) {
    step.summary = Words::tr("estimating");
    return step;
  }
  step.state = StepState::kBlocked;
  step.reason = story->problem;
  if (!story->plan) return step;
  if (!story->fits) {
    step.summary =
        Words::tr("does not fit %1: %2").arg(titleOf(*story), views::overuseText(*story));
    return step;
  }
  const TightestResource worst =
      tightest(story->plan->estimate.total.value, story->request.device->totals);
  step.state = StepState::kDone;
  step.summary = Words::tr("fits %1 at %2: %3")
                     .arg(titleOf(*story), views::percentText(worst.share),
                          views::rateText(story->plan->rate()));
  if (changes.isEmpty() || story->trained) return step;
  step.state = StepState::kStale;
  step.reason = Words::tr("%1; estimated without weights").arg(changes);
  return step;
}

}  // namespace a2q::workbench
