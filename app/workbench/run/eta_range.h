// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <deque>
#include <optional>

#include "core/training/run_record.h"

namespace a2q::workbench {

/// Seconds a training still takes, between two ends.
struct EtaRange {
  double least = 0;
  double most = 0;
};

/// Estimates the time left from the pace of the last steps: over a short and over longer stretches,
/// tests between epochs included; the paces that differ most give the range [estimate].
class EtaEstimator {
 public:
  void restart();
  /// `later`: steps of the phases that follow this one.
  void add(const StepReport& step, std::int64_t later);
  /// None before the pace is stable: 20 steps and two seconds.
  [[nodiscard]] std::optional<EtaRange> range() const;

 private:
  struct Mark {
    std::int64_t step = 0;
    double seconds = 0;
  };
  std::deque<Mark> marks_;  ///< ascending, at most kMarks
  std::int64_t remaining_ = 0;
};

}  // namespace a2q::workbench
