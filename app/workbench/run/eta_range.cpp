// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/run/eta_range.h"

#include <algorithm>

namespace a2q::workbench {
namespace {

constexpr std::size_t kMarks = 256;
constexpr double kBetweenMarks = 0.25;  ///< seconds
constexpr std::int64_t kStableSteps = 20;
constexpr double kStableSeconds = 2;

}  // namespace

void EtaEstimator::restart() {
  marks_.clear();
  remaining_ = 0;
}

void EtaEstimator::add(const StepReport& step, std::int64_t later) {
  const std::int64_t done = (step.epoch - 1) * step.batches + step.batch;
  remaining_ = std::max<std::int64_t>(0, step.epochs * step.batches - done) + later;
  if (!marks_.empty() && step.step <= marks_.back().step) marks_.clear();
  if (!marks_.empty() && step.seconds - marks_.back().seconds < kBetweenMarks) return;
  marks_.push_back({step.step, step.seconds});
  if (marks_.size() > kMarks) marks_.pop_front();
}

std::optional<EtaRange> EtaEstimator::range() const {
  if (marks_.size() < 2) return std::nullopt;
  const Mark& now = marks_.back();
  if (now.step - marks_.front().step < kStableSteps ||
      now.seconds - marks_.front().seconds < kStableSeconds) {
    return std::nullopt;
  }
  std::optional<EtaRange> found;
  for (std::size_t length = marks_.size(); length >= 2; length /= 2) {
    const Mark& then = marks_[marks_.size() - length];
    if (now.step - then.step < kStableSteps / 2) break;
    const double pace = (now.seconds - then.seconds) / static_cast<double>(now.step - then.step);
    const double left = pace * static_cast<double>(remaining_);
    if (!found) found = EtaRange{left, left};
    found->least = std::min(found->least, left);
    found->most = std::max(found->most, left);
  }
  return found;
}

}  // namespace a2q::workbench
