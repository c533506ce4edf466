// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/run_rows.h"

#include <fmt/format.h>

#include "core/network/sample_experiment.h"

namespace a2q::testing {

std::string specificationWith(const RunSettingsList& settings) {
  auto experiment = parseExperiment(sampleSpecification(), "sample");
  for (const auto& [key, value] : settings) experiment = withSetting(*experiment, key, value);
  return writeExperiment(*experiment);
}

ProjectRun runWith(int number, double score, const std::string& specification, int epochs) {
  ProjectRun run;
  run.uuid = fmt::format("00000000-0000-4000-8000-{:012x}", number);
  run.name = fmt::format("run-{}", number);
  run.created = fmt::format("2026-11-23T11:{:02}:{:02}Z", number / 60 % 60, number % 60);
  run.specification = specification;
  run.state = ProjectRunState::kFinished;
  run.seed = static_cast<std::uint64_t>(number);
  run.seconds = 10.0 * number;
  run.safe = true;
  for (int epoch = 1; epoch <= epochs; ++epoch) {
    EpochRecord record;
    record.epoch = epoch;
    record.test_loss = 1.0 / (number + epoch);
    record.test_score = score - 0.01 * (epochs - epoch);
    record.worst_margin_bits = 0.25 * number;
    record.sparsity = 0.5;
    run.epochs.push_back(record);
  }
  return run;
}

}  // namespace a2q::testing
