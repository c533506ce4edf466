// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "app/cli/arguments.h"
#include "app/cli/run_place.h"
#include "core/base/result.h"
#include "core/data/data_set.h"
#include "core/training/checkpoint.h"

namespace a2q::cli {

/// What a training starts from besides its specification; null pointers: from the beginning.
struct TrainingStart {
  const std::vector<NamedTensor>* float_weights = nullptr;
  const Checkpoint* resume = nullptr;
};

/// Trains, tells on the way what the options ask for, prints the result and leaves it in the place.
/// The exit code says how it ended.
[[nodiscard]] Result<ExitCode> trainInto(RunPlace& place, const Arguments& arguments,
                                         const Experiment& experiment, const DataSet& data,
                                         const TrainingStart& start);

}  // namespace a2q::cli
