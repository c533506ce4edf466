// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string_view>

#include "hw_backend/design/dataflow_design.h"
#include "hw_backend/timing/delay_model.h"
#include "hw_backend/timing/logic_path.h"

namespace a2q {

/// The highest clock of a design: 1 / the delay of its slowest path, and between which clocks 90 %
/// of measured blocks lay for such an estimate.
struct ClockEstimate {
  double hz = 0;
  double low = 0;
  double high = 0;
  std::size_t stage = 0;    ///< position in DataflowDesign::stages of the slowest path
  LogicPath path;           ///< that path
  std::string_view source;  ///< where the delays are from
};

[[nodiscard]] ClockEstimate estimateClock(const DataflowDesign& design, const Family& family,
                                          const DelayModel& delays);

}  // namespace a2q
