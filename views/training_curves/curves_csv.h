// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <memory>
#include <vector>

#include "views/training_curves/curve_panel.h"

namespace a2q::views {

/// "curve,series,step,value" of every visible series of every panel, in the range of keys that is
/// shown; a raw series behind a smoothed one is called "<name> (raw)".
[[nodiscard]] QString curvesCsv(const std::vector<std::unique_ptr<CurvePanel>>& panels,
                                KeyUnit unit, Metric metric);

}  // namespace a2q::views
