// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <stop_token>

#include "core/base/result.h"
#include "core/data/data_set.h"
#include "core/training/trained_network.h"
#include "core/training/trainer.h"

namespace a2q {

/// How long and how far a preview may look.
struct ScoreLimits {
  std::chrono::milliseconds time{800};  ///< no batch begins later; one always runs
  std::int64_t samples = 0;             ///< at most so many; 0: all of the part
  int threads = 0;                      ///< 0: as many as this process may use
};

/// A data set of the first `samples` test images or photographs, and no training part.
[[nodiscard]] DataSet firstTestSamples(const DataSet& data, std::int64_t samples);

/// What a trained or projected network scores on the test part of `data`, in integers: accuracy or
/// PSNR, on EvalResult::samples samples. Stopped in time it is of what was seen until then, which
/// may be nothing. Errors: those of lowerToIntegers() and checkFit(); kNotLowered where N is so
/// wide that thresholds alone would take seconds.
[[nodiscard]] Result<EvalResult> previewScore(const TrainedNetwork& network, const DataSet& data,
                                              const ScoreLimits& limits,
                                              const std::stop_token& stop);

}  // namespace a2q
