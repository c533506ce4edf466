// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/flow/flow_step.h"

#include <QCoreApplication>

namespace a2q::views {
namespace {

class Words {
  Q_DECLARE_TR_FUNCTIONS(Flow)
};

}  // namespace

QString stateText(StepState state) {
  switch (state) {
    case StepState::kReady: return Words::tr("ready");
    case StepState::kRunning: return Words::tr("running");
    case StepState::kDone: return Words::tr("done");
    case StepState::kStale: return Words::tr("stale");
    case StepState::kBlocked: return Words::tr("blocked");
  }
  return {};
}

}  // namespace a2q::views
