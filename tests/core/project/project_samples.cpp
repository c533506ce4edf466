// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/project/project_samples.h"

#include <fmt/format.h>

#include "core/network/experiment.h"
#include "core/network/sample_experiment.h"

namespace a2q::testing {

Project sampleProject() {
  const auto experiment = parseExperiment(sampleSpecification(), "the built-in sample");
  Project project = newProject(*experiment);
  project.uuid = "5f0c5b56-7d1b-4b53-9a0f-0d6c2f1a9e11";
  project.created = project.modified = "2026-11-23T10:00:00Z";
  return project;
}

ProjectRun sampleRun(int number) {
  ProjectRun run;
  run.uuid = fmt::format("00000000-0000-4000-8000-{:012x}", number);
  run.name = fmt::format("run-{}", number);
  run.created = "2026-11-23T11:00:00Z";
  run.specification = "[network]\nname = \"größer\"\n";
  run.state = ProjectRunState::kFinished;
  run.data_source = "digits, generated";
  run.backend = "LibTorch";
  run.seed = 0xffff'ffff'ffff'fff0;
  run.seconds = 12.25;
  run.safe = true;
  for (std::int64_t epoch = 1; epoch <= 2; ++epoch) {
    EpochRecord record;
    record.epoch = epoch;
    record.train_loss = 1.0 / static_cast<double>(epoch);
    record.test_score = 0.5 + 0.1 * static_cast<double>(epoch);
    if (epoch == 2) record.sparsity = 0.25;
    run.epochs.push_back(record);
  }
  return run;
}

DataTree sampleObject(std::size_t bytes, unsigned seed) {
  ArrayValue value{ElementType::kUint8, {bytes}, 1, std::vector<std::byte>(bytes), {}};
  std::uint64_t state = seed;
  for (std::byte& byte : value.bytes) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    byte = static_cast<std::byte>(state >> 56);
  }
  DataTree tree;
  tree.arrays["bytes"] = {std::move(value), {}};
  return tree;
}

}  // namespace a2q::testing
