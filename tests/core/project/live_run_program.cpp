// SPDX-License-Identifier: GPL-3.0-or-later
// Tells a training into a project for the test of those who watch it: PROJECT EPOCHS close|hold.
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string>

#include "tests/core/project/live_run_samples.h"
#include "tests/core/project/project_samples.h"

namespace {

using namespace a2q;

void tell(TrainObserver& observer, std::int64_t epochs) {
  const std::size_t layers = test::kSampleChannels.size();
  for (std::int64_t step = 1; step <= epochs * test::kBatches; ++step) {
    const StepReport report = test::patternStep(step, layers);
    observer.onStep(report);
    if (report.batch == report.batches) {
      observer.onSnapshot(test::patternSnapshot(step, test::kSampleChannels));
      observer.onEpoch(test::patternEpoch(report));
    }
    ::usleep(100);
  }
}

Status train(const std::string& path, std::int64_t epochs, const std::string& end) {
  auto file = ProjectFile::create(path, ProjectFile::Existing::kReplace);
  if (!file) return forward(std::move(file));
  Project project = testing::sampleProject();
  const auto experiment = experimentOf(project);
  if (!experiment) return tl::make_unexpected(experiment.error());
  if (auto saved = file->save(project); !saved) return saved;
  LiveRunWriter writer(file->path(), "uuid of größer", "größer", *experiment);
  tell(writer, epochs);
  std::puts("told");
  std::fflush(stdout);
  if (end == "hold") ::pause();
  return {};
}

}  // namespace

int main(int count, char** words) {
  if (count != 4) return 2;
  const auto done = train(words[1], std::strtol(words[2], nullptr, 10), words[3]);
  if (!done) std::fputs(describe(done.error()).c_str(), stderr);
  return done ? 0 : 1;
}
