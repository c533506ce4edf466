// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "core/base/run_control.h"
#include "core/integer/verification.h"

namespace a2q {

/// A trained network and the samples on which it is compared with its integers.
struct VerifyJob {
  const Experiment& experiment;
  const std::vector<NamedTensor>& parameters;
  const DataSet& data;
  DataPart part = DataPart::kTest;
  std::int64_t samples = 0;  ///< the first so many
  ComputeOptions compute = {};
};

/// Makes the engine that is compared; the network outlives it.
using EngineMaker =
    std::function<Result<std::unique_ptr<IntegerEngine>>(const IntegerNetwork& network)>;

/// The fast engine on so many threads; 0: all this process may use.
[[nodiscard]] EngineMaker fastEngine(int threads);

/// Told after every batch how many samples were compared.
using SampleCount = std::function<void(std::int64_t done)>;

/// Lowers the trained network and compares both on the samples, batch after batch. Stops early,
/// with what was seen until then, when the control says so. The data must fit (checkFit()).
/// Errors: those of Trainer::integers(), lowerToIntegers(), Trainer::openTracer() and the maker.
[[nodiscard]] Result<Verification> verifyCodes(Trainer& trainer, const VerifyJob& job,
                                               const EngineMaker& engine, const RunControl& control,
                                               const SampleCount& progress = {});

/// How many samples a comparison takes unless fewer are asked for: all images of a part, 1,000
/// patches of photographs.
[[nodiscard]] std::int64_t usualSamples(const DataSet& data, DataPart part);

/// The integers of a trained network. Errors: those of Trainer::integers() and lowerToIntegers().
[[nodiscard]] Result<IntegerNetwork> loweredNetwork(Trainer& trainer, const Experiment& experiment,
                                                    const std::vector<NamedTensor>& parameters);

}  // namespace a2q
