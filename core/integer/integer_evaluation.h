// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/run_control.h"
#include "core/data/data_set.h"
#include "core/integer/integer_engine.h"
#include "core/network/experiment.h"
#include "core/training/trainer.h"

namespace a2q {

/// Runs every sample of a part through an engine on the integers of `experiment`'s network: the
/// largest score is the class; the codes of an image are its 8-bit values. The loss is computed
/// from the scores (codes) times their scale, outside of the network. Stops early, with what was
/// seen until then, when the control says so. Errors: those of checkFit().
[[nodiscard]] Result<EvalResult> evaluateIntegers(IntegerEngine& engine,
                                                  const IntegerNetwork& network,
                                                  const Experiment& experiment, const DataSet& data,
                                                  DataPart part, const RunControl& control);

/// The sums that left their P bits, over all layers and channels.
[[nodiscard]] std::int64_t overflowCount(const std::vector<LayerObservation>& layers);

}  // namespace a2q
