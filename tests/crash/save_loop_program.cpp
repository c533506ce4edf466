// SPDX-License-Identifier: GPL-3.0-or-later
// save_loop_program PROJECT OBJECT_BYTES save|autosave: saves the project over and over, each time
// with one more epoch and another checkpoint, and tells on standard output how many epochs are
// saved. With autosave only every fifth goes into the project, the others into a recovery store.
#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

#include "core/project/recovery/recovery.h"
#include "tests/core/project/project_samples.h"

namespace {

using namespace a2q;

int failWith(const Error& error) {
  fmt::print(stderr, "{}\n", describe(error));
  return EXIT_FAILURE;
}

/// As a window does: work that is not yet saved goes into the store, which a save empties.
Status keep(const Project& project, ProjectFile& file, std::optional<RecoveryStore>& store) {
  constexpr std::size_t kEvery = 5;
  if (project.runs.front().epochs.size() % kEvery == 0) {
    auto saved = file.save(project);
    if (saved && store) store->discard();
    if (saved) store.reset();
    return saved;
  }
  if (!store) {
    auto opened = RecoveryStore::open(file.path(), project.uuid);
    if (!opened) return forward(std::move(opened));
    store = std::move(*opened);
  }
  return store->write(project, file);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return EXIT_FAILURE;
  const std::size_t object_bytes = std::stoul(argv[2]);
  const bool autosave = std::string_view(argv[3]) == "autosave";
  auto file = ProjectFile::open(argv[1], ProjectAccess::kWrite);
  if (!file) return failWith(file.error());
  Project project = file->saved();
  std::optional<RecoveryStore> store;
  for (;;) {
    ProjectRun& run = project.runs.front();
    const std::size_t epochs = run.epochs.size() + 1;
    EpochRecord epoch;
    epoch.epoch = static_cast<std::int64_t>(epochs);
    run.epochs.push_back(epoch);
    run.last_checkpoint =
        file->keep(testing::sampleObject(object_bytes, static_cast<unsigned>(epochs)));
    const Status saved = autosave ? keep(project, *file, store) : file->save(project);
    if (!saved) return failWith(saved.error());
    const std::string line = fmt::format("{}\n", epochs);
    if (::write(STDOUT_FILENO, line.data(), line.size()) < 0) return EXIT_FAILURE;
  }
}
