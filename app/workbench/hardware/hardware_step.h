// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/flow/flow_step.h"
#include "views/resources/hardware_story.h"

namespace a2q::workbench {

/// The step "Hardware" of the checklist. `story`: the newest estimate; null: one is on its way.
/// `changes`: what the specification asks for otherwise than the run that is shown; empty: nothing,
/// or nothing has run.
[[nodiscard]] views::FlowStep hardwareStep(const views::HardwarePointer& story,
                                           const QString& changes);

}  // namespace a2q::workbench
