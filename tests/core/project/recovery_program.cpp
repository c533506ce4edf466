// SPDX-License-Identifier: GPL-3.0-or-later
// recovery_program PROJECT OBJECT_BYTES: opens a project, changes it, keeps the change in a
// recovery store, says so, and waits to be killed. Without a PROJECT ("-") it works on one never
// saved.
#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>
#include <string>

#include "core/project/recovery/recovery.h"
#include "tests/core/project/project_samples.h"

namespace {

using namespace a2q;

/// One run more, with a checkpoint that `file` keeps.
Project changed(Project project, ProjectFile& file, std::size_t object_bytes) {
  const int number = static_cast<int>(project.runs.size()) + 1;
  project.runs.push_back(testing::sampleRun(number));
  project.runs.back().last_checkpoint =
      file.keep(testing::sampleObject(object_bytes, static_cast<unsigned>(number)));
  return project;
}

Status workOn(const std::string& path, std::size_t object_bytes) {
  auto file = ProjectFile::open(path, ProjectAccess::kWrite);
  if (!file) return forward(std::move(file));
  auto store = RecoveryStore::open(path, file->saved().uuid);
  if (!store) return forward(std::move(store));
  const Project project = changed(file->saved(), *file, object_bytes);
  if (auto done = store->write(project, *file); !done) return done;
  fmt::print(stderr, "kept\n");
  ::pause();
  return {};
}

Status workUnsaved(std::size_t object_bytes) {
  const Project project = testing::sampleProject();
  auto store = RecoveryStore::open({}, project.uuid);
  if (!store) return forward(std::move(store));
  ProjectFile& state = store->state();
  if (auto saved = state.save(changed(project, state, object_bytes)); !saved) return saved;
  fmt::print(stderr, "kept\n");
  ::pause();
  return {};
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return EXIT_FAILURE;
  const std::string path = argv[1];
  const std::size_t bytes = std::stoul(argv[2]);
  const Status done = path == "-" ? workUnsaved(bytes) : workOn(path, bytes);
  if (!done) fmt::print(stderr, "{}\n", describe(done.error()));
  return done ? EXIT_SUCCESS : EXIT_FAILURE;
}
