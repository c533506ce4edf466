// SPDX-License-Identifier: GPL-3.0-or-later
// Kills a program that saves a project, at random moments: the file is always one of the states
// that were saved, the last one told or the one after it, with its checkpoint.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <random>
#include <string>
#include <thread>

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
std::size_t saveAndKill(const fs::path& path, std::size_t object_bytes,
                        std::chrono::microseconds delay) {
  int ends[2];
  if (::pipe(ends) != 0) return 0;
  const std::string bytes = std::to_string(object_bytes);
  const pid_t child = ::fork();
  if (child == 0) {
    ::dup2(ends[1], STDOUT_FILENO);
    ::close(ends[0]);
    ::close(ends[1]);
    ::execl(A2Q_SAVE_LOOP, A2Q_SAVE_LOOP, path.c_str(), bytes.c_str(), nullptr);
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

void killOften(std::size_t object_bytes, int kills) {
  const test::TemporaryFolder folder;
  const fs::path path = folder.path() / "größe 12 bit.a2q";
  makeProject(path, object_bytes);
  std::mt19937 random(7);
  std::uniform_int_distribution<int> delay(20000, 400000);
  std::size_t before = 0;
  for (int i = 0; i < kills; ++i) {
    const std::size_t told =
        std::max(before, saveAndKill(path, object_bytes, std::chrono::microseconds(delay(random))));
    const auto file = ProjectFile::open(path, ProjectAccess::kReadOnly);
    ASSERT_TRUE(file) << "kill " << i << ": " << describe(file.error());
    const ProjectRun& run = file->saved().runs.front();
    ASSERT_GE(run.epochs.size(), told);
    ASSERT_LE(run.epochs.size(), told + 1);
    const auto object = file->object(*run.last_checkpoint);
    ASSERT_TRUE(object) << "kill " << i << ": " << describe(object.error());
    EXPECT_EQ(*object, sampleObject(object_bytes, static_cast<unsigned>(run.epochs.size())));
    before = run.epochs.size();
  }
  EXPECT_GT(before, 0U) << "nothing was ever saved";
}

TEST(Kill, ProjectOfOneFile) { killOften(kMegabyte, killCount() / 2); }

TEST(Kill, ProjectWithItsObjectsBeside) { killOften(33 * kMegabyte, killCount() / 2); }

}  // namespace
}  // namespace a2q::testing
