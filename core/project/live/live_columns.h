// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/project/live/live_run.h"

namespace a2q {

// How a running training is laid out as the tables of a live file.

/// The quantized layers of an experiment in the order the trainer tells them, with their budgets
/// and a zero for every channel. Errors: those of planQuantization().
[[nodiscard]] Result<std::vector<LiveLayer>> liveLayersOf(const Experiment& experiment);

/// The names of the columns of a step: what is told of all, then of every layer.
[[nodiscard]] std::vector<std::string> stepColumns(const std::vector<LiveLayer>& layers);

/// Appends a step as a row of stepColumns(); not-a-number stands for what is absent.
void addStepRow(std::vector<double>& rows, const StepReport& report, std::size_t layers);

/// And back. Errors: kFileFormat for a row that tells of no step.
[[nodiscard]] Result<std::vector<StepReport>> stepsOf(std::span<const double> rows,
                                                      std::size_t layers);

/// The columns and rows of epochTable(), and back. Errors: those of epochsOf().
[[nodiscard]] const std::vector<std::string>& epochColumns();
[[nodiscard]] std::vector<double> epochRows(const std::vector<EpochRecord>& epochs);
[[nodiscard]] Result<std::vector<EpochRecord>> epochsOf(std::span<const double> rows);

}  // namespace a2q
