// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/run/telemetry.h"

#include "core/training/step_series.h"

namespace a2q::workbench {

StepStore::StepStore(const std::vector<std::string>& layers) : series_(newStepSeries(layers)) {}

void StepStore::append(const StepReport& step) {
  const std::lock_guard lock(mutex_);
  appendStep(series_, step);
  newest_ = step;
}

void StepStore::restart(const ScalarSeries& before) {
  const std::lock_guard lock(mutex_);
  if (before.columns() == series_.columns()) series_ = before;
}

std::size_t StepStore::size() const {
  const std::lock_guard lock(mutex_);
  return series_.rows();
}

ScalarSeries StepStore::series() const {
  const std::lock_guard lock(mutex_);
  return series_;
}

std::optional<StepReport> StepStore::newest() const {
  const std::lock_guard lock(mutex_);
  return newest_;
}

}  // namespace a2q::workbench
