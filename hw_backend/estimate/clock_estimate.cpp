// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/estimate/clock_estimate.h"

namespace a2q {

ClockEstimate estimateClock(const DataflowDesign& design, const Family& family,
                            const DelayModel& delays) {
  constexpr double kNano = 1e-9;
  const DelayFigures& figures = delays.figures;
  double slowest = 0;
  ClockEstimate out;
  out.source = delays.source;
  for (std::size_t i = 0; i < design.stages.size(); ++i) {
    const LogicPath path = slowestPath(design.stages[i].block, family, figures);
    const double delay = delayOf(path, figures);
    if (delay <= slowest) continue;
    slowest = delay;
    out.stage = i;
    out.path = path;
  }
  out.hz = 1 / (kNano * slowest);
  out.low = out.hz / figures.high;
  out.high = out.hz / figures.low;
  return out;
}

}  // namespace a2q
