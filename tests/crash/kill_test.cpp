// SPDX-License-Identifier: GPL-3.0-or-later
// Kills a program that saves a project, at random moments: the file is always one of the states
// that were saved, the last one told or the one after it, with its checkpoint. Where it saves and
// autosaves in turn, the newer of project and recovery store is.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <random>
#include <string>
#include <thread>

#include "core/project/recovery/recovery.h"
#include "tests/core/data/test_files.h"
#include "tests/core/project/project_samples.h"

namespace a2q::testing {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMegabyte = std::size_t{1} << 20;

/// 100 kills, or as many as A2Q_KILLS says.
int killCount() {
  const char* const wish = std::getenv("A2Q_KILLS");
  return wish != nullptr ? std::atoi(wish) : 100;
}

/// Long enough for some saves also where the machine has other things to do.
int longestDelay(std::size_t object_bytes) {
  return object_bytes > kInsideBytes ? 1'500'000 : 400'000;
}

void makeProject(const fs::path& path, std::size_t object_bytes) {
  auto file = ProjectFile::create(path, ProjectFile::Existing::kReplace);
  ASSERT_TRUE(file) << describe(file.error());
  Project project = sampleProject();
  project.runs = {sampleRun(1)};
  project.runs[0].epochs.clear();
  project.runs[0].last_checkpoint = file->keep(sampleObject(object_bytes, 0));
  const auto saved = file->save(project);
  ASSERT_TRUE(saved) << describe(saved.error());
}

/// The last number of what a program wrote before it was killed.
std::size_t lastNumber(int descriptor) {
  std::string text;
  char block[4096];
  ssize_t count = 0;
  while ((count = ::read(descriptor, block, sizeof block)) > 0) {
    text.append(block, static_cast<std::size_t>(count));
  }
  const std::size_t end = text.rfind('\n');
  if (end == std::string::npos) return 0;
  const std::size_t start = end == 0 ? std::string::npos : text.rfind('\n', end - 1);
  return std::stoul(text.substr(start == std::string::npos ? 0 : start + 1));
}

/// Lets the program save for a while and kills it; the number of epochs it had told.
std::size_t saveAndKill(const fs::path& path, std::size_t object_bytes, const char* mode,
                        std::chrono::microseconds delay) {
  int ends[2];
  if (::pipe(ends) != 0) return 0;
  const std::string bytes = std::to_string(object_bytes);
  const pid_t child = ::fork();
  if (child == 0) {
    ::dup2(ends[1], STDOUT_FILENO);
    ::close(ends[0]);
    ::close(ends[1]);
    ::execl(A2Q_SAVE_LOOP, A2Q_SAVE_LOOP, path.c_str(), bytes.c_str(), mode, nullptr);
    ::_exit(EXIT_FAILURE);
  }
  ::close(ends[1]);
  std::this_thread::sleep_for(delay);
  ::kill(child, SIGKILL);
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status)) << "the program ended by itself";
  const std::size_t told = lastNumber(ends[0]);
  ::close(ends[0]);
  return told;
}

/// The epochs of a state that must be sound, and its checkpoint.
std::size_t expectSound(const Result<ProjectFile>& file, std::size_t object_bytes, int kill) {
  EXPECT_TRUE(file) << "kill " << kill << ": " << describe(file.error());
  if (!file) return 0;
  const ProjectRun& run = file->saved().runs.front();
  const auto object = file->object(*run.last_checkpoint);
  EXPECT_TRUE(object) << "kill " << kill << ": " << describe(object.error());
  if (object) {
    EXPECT_EQ(*object, sampleObject(object_bytes, static_cast<unsigned>(run.epochs.size())));
  }
  return run.epochs.size();
}

/// What the kill left in the recovery store, restored as a person would; the epochs then there.
std::size_t recover(const fs::path& path, std::size_t object_bytes, int kill) {
  std::size_t saved =
      expectSound(ProjectFile::open(path, ProjectAccess::kReadOnly), object_bytes, kill);
  for (const RecoveryEntry& entry : findRecoveries(path)) {
    const auto state = openRecovery(entry);
    EXPECT_TRUE(state) << "kill " << kill << ": " << describe(state.error());
    if (!state) continue;
    if (state->saved().runs.front().epochs.size() <= saved) {
      // Killed between the save and the store's end.
      EXPECT_TRUE(discardRecovery(entry));
      continue;
    }
    const std::size_t kept = expectSound(state, object_bytes, kill);
    const auto before = restoreRecovery(entry);
    EXPECT_TRUE(before) << "kill " << kill << ": " << describe(before.error());
    if (before) fs::remove(*before);
    saved = expectSound(ProjectFile::open(path, ProjectAccess::kReadOnly), object_bytes, kill);
    EXPECT_EQ(saved, kept);
  }
  return saved;
}

void killAutosaves(std::size_t object_bytes, int kills) {
  const test::TemporaryFolder folder;
  ::setenv("XDG_STATE_HOME", (folder.path() / "state").c_str(), 1);
  const fs::path path = folder.path() / "größe 12 bit.a2q";
  makeProject(path, object_bytes);
  std::mt19937 random(11);
  std::uniform_int_distribution<int> delay(20000, longestDelay(object_bytes));
  std::size_t before = 0;
  for (int i = 0; i < kills && !::testing::Test::HasFailure(); ++i) {
    const auto wait = std::chrono::microseconds(delay(random));
    const std::size_t told = std::max(before, saveAndKill(path, object_bytes, "autosave", wait));
    const std::size_t kept = recover(path, object_bytes, i);
    EXPECT_GE(kept, told) << "kill " << i;
    EXPECT_LE(kept, told + 1) << "kill " << i;
    before = kept;
  }
  ::unsetenv("XDG_STATE_HOME");
  EXPECT_GT(before, 0U) << "nothing was ever kept";
}

void killOften(std::size_t object_bytes, int kills) {
  const test::TemporaryFolder folder;
  const fs::path path = folder.path() / "größe 12 bit.a2q";
  makeProject(path, object_bytes);
  std::mt19937 random(7);
  std::uniform_int_distribution<int> delay(20000, longestDelay(object_bytes));
  std::size_t before = 0;
  for (int i = 0; i < kills && !::testing::Test::HasFailure(); ++i) {
    const auto wait = std::chrono::microseconds(delay(random));
    const std::size_t told = std::max(before, saveAndKill(path, object_bytes, "save", wait));
    const std::size_t saved =
        expectSound(ProjectFile::open(path, ProjectAccess::kReadOnly), object_bytes, i);
    EXPECT_GE(saved, told) << "kill " << i;
    EXPECT_LE(saved, told + 1) << "kill " << i;
    before = saved;
  }
  EXPECT_GT(before, 0U) << "nothing was ever saved";
}

TEST(Kill, ProjectOfOneFile) { killOften(kMegabyte, killCount() / 4); }

TEST(Kill, ProjectWithItsObjectsBeside) { killOften(33 * kMegabyte, killCount() / 4); }

TEST(Kill, AutosavesOfAProjectOfOneFile) { killAutosaves(kMegabyte, killCount() / 4); }

TEST(Kill, AutosavesWithObjectsBeside) { killAutosaves(33 * kMegabyte, killCount() / 4); }

}  // namespace
}  // namespace a2q::testing
