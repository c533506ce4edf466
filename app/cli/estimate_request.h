// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/arguments.h"
#include "core/base/result.h"
#include "hw_backend/estimate/design_plan.h"

namespace a2q::cli {

/// What the options of 'a2q estimate' ask for. Errors: kUsage, kUnknownDevice, those of
/// readFolding().
[[nodiscard]] Result<PlanRequest> requestOf(const Arguments& arguments);

}  // namespace a2q::cli
