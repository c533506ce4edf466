// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/integer/code_verification.h"

#include <algorithm>
#include <variant>

#include "core/data/sample_codes.h"
#include "core/integer/fast/fast_engine.h"
#include "core/integer/lowering.h"

namespace a2q {

EngineMaker fastEngine(int threads) {
  return [threads](const IntegerNetwork& network) -> Result<std::unique_ptr<IntegerEngine>> {
    return std::make_unique<FastEngine>(network, FastOptions{.threads = threads});
  };
}

Result<Verification> verifyCodes(Trainer& trainer, const VerifyJob& job, const EngineMaker& engine,
                                 const RunControl& control, const SampleCount& progress) {
  constexpr std::int64_t kBatch = 50;
  auto network = loweredNetwork(trainer, job.experiment, job.parameters);
  if (!network) return forward(std::move(network));
  auto tracer = trainer.openTracer(job.experiment, job.parameters, job.compute);
  if (!tracer) return forward(std::move(tracer));
  auto integers = engine(*network);
  if (!integers) return forward(std::move(integers));
  Verifier verifier(*network, **integers, **tracer);
  const auto& input = std::get<CodeInput>(network->nodes.front().operation).layer;
  const std::int64_t samples = std::min(job.samples, sampleCount(job.data, job.part));
  for (std::int64_t first = 0; first < samples && control.proceed(); first += kBatch) {
    const std::int64_t count = std::min(kBatch, samples - first);
    const auto codes = codesOf(job.data, job.part, input, first, count);
    if (auto added = verifier.add(codes, count, input.shape); !added) {
      return forward(std::move(added));
    }
    if (progress) progress(first + count);
  }
  return verifier.result();
}

std::int64_t usualSamples(const DataSet& data, DataPart part) {
  constexpr std::int64_t kPatches = 1000;
  return data.task == Task::kClassification ? sampleCount(data, part) : kPatches;
}

Result<IntegerNetwork> loweredNetwork(Trainer& trainer, const Experiment& experiment,
                                      const std::vector<NamedTensor>& parameters) {
  auto trained = trainer.integers(experiment, parameters);
  if (!trained) return forward(std::move(trained));
  return lowerToIntegers(*trained);
}

}  // namespace a2q
