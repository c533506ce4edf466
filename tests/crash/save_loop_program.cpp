// SPDX-License-Identifier: GPL-3.0-or-later
// save_loop_program PROJECT OBJECT_BYTES: saves the project over and over, each time with one more
// epoch and another checkpoint, and tells on standard output how many epochs are saved.
#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>
#include <string>

#include "tests/core/project/project_samples.h"

namespace {

using namespace a2q;

int failWith(const Error& error) {
  fmt::print(stderr, "{}\n", describe(error));
  return EXIT_FAILURE;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return EXIT_FAILURE;
  const std::size_t object_bytes = std::stoul(argv[2]);
  auto file = ProjectFile::open(argv[1], ProjectAccess::kWrite);
  if (!file) return failWith(file.error());
  Project project = file->saved();
  for (;;) {
    ProjectRun& run = project.runs.front();
    const std::size_t epochs = run.epochs.size() + 1;
    EpochRecord epoch;
    epoch.epoch = static_cast<std::int64_t>(epochs);
    run.epochs.push_back(epoch);
    run.last_checkpoint =
        file->keep(testing::sampleObject(object_bytes, static_cast<unsigned>(epochs)));
    if (auto saved = file->save(project); !saved) return failWith(saved.error());
    const std::string line = fmt::format("{}\n", epochs);
    if (::write(STDOUT_FILENO, line.data(), line.size()) < 0) return EXIT_FAILURE;
  }
}
