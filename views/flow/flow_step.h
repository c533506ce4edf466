// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaType>
#include <QString>

namespace a2q::views {

/// The steps from data to a proven network; a new step is a value here and a row in showSteps().
enum class StepId { kData, kNetwork, kQuantization, kTraining, kCheck, kHardware };

enum class StepState {
  kReady,    ///< can be done now
  kRunning,  ///< is being done
  kDone,     ///< done, and still true
  kStale,    ///< done, but what it rests on has changed
  kBlocked,  ///< waits for something; the reason says for what
};

/// A row of the rail.
struct FlowStep {
  StepId id = StepId::kData;
  QString title;
  StepState state = StepState::kReady;
  QString summary;  ///< one line
  QString reason;   ///< why it is stale or blocked, and what to do; else empty
  bool operator==(const FlowStep&) const = default;
};

/// "done", "stale", …
[[nodiscard]] QString stateText(StepState state);

}  // namespace a2q::views

Q_DECLARE_METATYPE(a2q::views::StepId)
