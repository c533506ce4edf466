// SPDX-License-Identifier: GPL-3.0-or-later
// What sessions that were killed leave behind, and what a person can do with it.
#include "core/project/recovery/recovery.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>

#include <cstdlib>
#include <fstream>

#include "core/project/project_diff.h"
#include "tests/cli/run_program.h"
#include "tests/core/data/test_files.h"
#include "tests/core/project/project_samples.h"

namespace a2q::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr std::size_t kBytes = 100'000;
constexpr std::size_t kMegabyte = std::size_t{1} << 20;

std::size_t filesIn(const fs::path& folder) {
  std::error_code ignored;
  std::size_t count = 0;
  for (const auto& entry : fs::directory_iterator(folder, ignored)) {
    count += entry.is_regular_file() ? 1 : 0;
  }
  return count;
}

class Recovery : public ::testing::Test {
 protected:
  void SetUp() override {
    ::setenv("XDG_STATE_HOME", (folder_.path() / "state").c_str(), 1);
    path_ = folder_.path() / "größe 12 bit.a2q";
  }
  void TearDown() override { ::unsetenv("XDG_STATE_HOME"); }

  /// A project with one run, whose checkpoint has so many bytes.
  void makeProject(std::size_t bytes = kBytes) const {
    auto file = ProjectFile::create(path_, ProjectFile::Existing::kReplace);
    ASSERT_TRUE(file) << describe(file.error());
    Project project = sampleProject();
    project.runs = {sampleRun(1)};
    project.runs[0].last_checkpoint = file->keep(sampleObject(bytes, 1));
    ASSERT_TRUE(file->save(project));
  }
  /// Lets another program change the project and kills it before it saves.
  static void changeAndKill(const std::string& path, std::size_t bytes = kBytes) {
    RunningProgram program({A2Q_RECOVERY_PROGRAM, path, std::to_string(bytes)});
    ASSERT_TRUE(program.waitFor("kept"));
    EXPECT_THAT(findRecoveries({}), IsEmpty()) << "its session lives";
    program.sendSignal(SIGKILL);
    EXPECT_EQ(program.finish().exit_code, 128 + SIGKILL);
  }
  [[nodiscard]] Project present() const {
    const auto file = ProjectFile::open(path_, ProjectAccess::kReadOnly);
    EXPECT_TRUE(file) << describe(file.error());
    return file ? file->saved() : Project();
  }
  void expectObject(const ProjectFile& file, std::size_t run, std::size_t bytes) const {
    const auto object = file.object(*file.saved().runs[run].last_checkpoint);
    ASSERT_TRUE(object) << describe(object.error());
    EXPECT_EQ(*object, sampleObject(bytes, static_cast<unsigned>(run) + 1));
  }

  test::TemporaryFolder folder_;
  fs::path path_;
};

TEST_F(Recovery, FindsWhatAKilledSessionLeft) {
  makeProject();
  changeAndKill(path_);
  const auto found = findRecoveries(path_);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].project, fs::canonical(path_));
  EXPECT_EQ(found[0].uuid, sampleProject().uuid);
  EXPECT_GT(found[0].writer.process, 0);
  EXPECT_THAT(found[0].writer.program, HasSubstr("recovery_program"));
  EXPECT_FALSE(found[0].written.empty());
  EXPECT_FALSE(found[0].project_changed);
  EXPECT_THAT(findRecoveries(folder_.path() / "other.a2q"), IsEmpty());
  EXPECT_THAT(findRecoveries({}), SizeIs(1));
}

TEST_F(Recovery, TellsTheDifferenceAndHoldsEveryObject) {
  makeProject();
  changeAndKill(path_);
  const auto found = findRecoveries(path_);
  ASSERT_THAT(found, SizeIs(1));
  const auto state = openRecovery(found[0]);
  ASSERT_TRUE(state) << describe(state.error());
  const auto differences = projectDiff(present(), state->saved());
  ASSERT_THAT(differences, SizeIs(1));
  EXPECT_THAT(differences[0].where, HasSubstr("run-2"));
  expectObject(*state, 0, kBytes);
  expectObject(*state, 1, kBytes);
  // The first is the project's own and was not written again.
  EXPECT_EQ(filesIn(found[0].folder / "state.a2q.objects"), 1U);
}

TEST_F(Recovery, RestoresAndKeepsThePresentFile) {
  makeProject();
  const fs::path before = path_.string() + ".before";
  std::ofstream(before) << "an earlier one";
  changeAndKill(path_);
  const Project old = present();
  const auto kept = restoreRecovery(findRecoveries(path_).at(0));
  ASSERT_TRUE(kept) << describe(kept.error());
  EXPECT_EQ(kept->filename(), path_.filename().string() + ".before-2");
  EXPECT_EQ(fs::file_size(before), 14U);
  const auto file = ProjectFile::open(path_, ProjectAccess::kReadOnly);
  ASSERT_TRUE(file) << describe(file.error());
  ASSERT_THAT(file->saved().runs, SizeIs(2));
  expectObject(*file, 0, kBytes);
  expectObject(*file, 1, kBytes);
  const auto was = ProjectFile::open(*kept, ProjectAccess::kReadOnly);
  ASSERT_TRUE(was) << describe(was.error());
  EXPECT_EQ(was->saved(), old);
  EXPECT_THAT(findRecoveries({}), IsEmpty());
}

TEST_F(Recovery, LargeObjectsAreSharedWithTheProject) {
  makeProject(33 * kMegabyte);
  changeAndKill(path_, 34 * kMegabyte);
  const auto entry = findRecoveries(path_).at(0);
  EXPECT_EQ(filesIn(entry.folder / "state.a2q.objects"), 1U);
  ASSERT_TRUE(restoreRecovery(entry));
  const auto file = ProjectFile::open(path_, ProjectAccess::kReadOnly);
  ASSERT_TRUE(file) << describe(file.error());
  expectObject(*file, 0, 33 * kMegabyte);
  expectObject(*file, 1, 34 * kMegabyte);
}

TEST_F(Recovery, DiscardsOnlyWhenAsked) {
  makeProject();
  changeAndKill(path_);
  const Project old = present();
  const auto entry = findRecoveries(path_).at(0);
  EXPECT_TRUE(fs::exists(entry.folder));
  EXPECT_TRUE(discardRecovery(entry));
  EXPECT_FALSE(fs::exists(entry.folder));
  EXPECT_EQ(present(), old);
}

TEST_F(Recovery, SaysWhenTheProjectChangedSince) {
  makeProject();
  changeAndKill(path_);
  {
    auto file = ProjectFile::open(path_, ProjectAccess::kWrite);
    ASSERT_TRUE(file);
    Project project = file->saved();
    project.runs[0].last_checkpoint = file->keep(sampleObject(kBytes, 9));
    ASSERT_TRUE(file->save(project));
  }
  const auto entry = findRecoveries(path_).at(0);
  EXPECT_TRUE(entry.project_changed);
  const Project newer = present();
  // The checkpoint the session relied on was replaced: its run is taken as the project has it.
  const auto kept = restoreRecovery(entry);
  ASSERT_TRUE(kept) << describe(kept.error());
  const Project restored = present();
  ASSERT_THAT(restored.runs, SizeIs(2));
  EXPECT_EQ(restored.runs[0], newer.runs[0]);
}

TEST_F(Recovery, AProjectThatWasNeverSavedBecomesANewFile) {
  changeAndKill("-");
  const auto entry = findRecoveries({}).at(0);
  EXPECT_TRUE(entry.project.empty());
  EXPECT_FALSE(entry.project_changed);
  const auto refused = restoreRecovery(entry);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().remedy, HasSubstr("--to"));
  const auto state = openRecovery(entry);
  ASSERT_TRUE(state) << describe(state.error());
  ASSERT_TRUE(state->exportTo(path_, ProjectFile::Existing::kRefuse));
  const auto file = ProjectFile::open(path_, ProjectAccess::kReadOnly);
  ASSERT_TRUE(file);
  expectObject(*file, 0, kBytes);
}

TEST_F(Recovery, AProjectThatVanishedIsMadeAgain) {
  makeProject();
  changeAndKill(path_);
  fs::remove(path_);
  const auto entry = findRecoveries(path_).at(0);
  EXPECT_TRUE(entry.project_changed);
  // The checkpoint that only the file held went with it.
  const auto refused = restoreRecovery(entry);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kPartMissing);
  EXPECT_FALSE(fs::exists(path_));
  EXPECT_TRUE(fs::exists(entry.folder));
}

TEST_F(Recovery, DamagedEntriesAreListed) {
  makeProject();
  changeAndKill(path_);
  const auto entry = findRecoveries(path_).at(0);
  std::ofstream(entry.folder / "session.json") << "{";
  std::ofstream(entry.folder / "state.a2q") << "not a project";
  EXPECT_THAT(findRecoveries(path_), IsEmpty()) << "whose it is, is not known";
  const auto found = findRecoveries({});
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_TRUE(found[0].uuid.empty());
  const auto state = openRecovery(found[0]);
  ASSERT_FALSE(state);
  EXPECT_EQ(state.error().code, ErrorCode::kFileFormat);
  EXPECT_FALSE(restoreRecovery(found[0]));
  EXPECT_TRUE(discardRecovery(found[0]));
}

TEST_F(Recovery, ACleanCloseLeavesNothing) {
  makeProject();
  auto file = ProjectFile::open(path_, ProjectAccess::kWrite);
  ASSERT_TRUE(file);
  auto store = RecoveryStore::open(path_, file->saved().uuid);
  ASSERT_TRUE(store) << describe(store.error());
  Project project = file->saved();
  project.runs.push_back(sampleRun(2));
  for (const char* name : {"first", "second"}) {
    project.runs[1].name = name;
    const auto written = store->write(project, *file);
    ASSERT_TRUE(written) << describe(written.error());
  }
  EXPECT_EQ(filesIn(recoveryFolder()), 0U);
  store->discard();
  EXPECT_TRUE(fs::is_empty(recoveryFolder()));
}

TEST_F(Recovery, AStoreThatWroteIsKeptWithoutAWord) {
  makeProject();
  {
    auto file = ProjectFile::open(path_, ProjectAccess::kWrite);
    auto silent = RecoveryStore::open(path_, file->saved().uuid);
    auto store = RecoveryStore::open(path_, file->saved().uuid);
    ASSERT_TRUE(store);
    Project project = file->saved();
    project.runs.clear();
    ASSERT_TRUE(store->write(project, *file));
  }
  EXPECT_THAT(findRecoveries(path_), SizeIs(1));
}

TEST_F(Recovery, AFullDiskLeavesTheOldState) {
  makeProject();
  auto file = ProjectFile::open(path_, ProjectAccess::kWrite);
  ASSERT_TRUE(file);
  auto store = RecoveryStore::open(path_, file->saved().uuid);
  ASSERT_TRUE(store);
  Project project = file->saved();
  project.runs.push_back(sampleRun(2));
  ASSERT_TRUE(store->write(project, *file));
  const Project kept = store->state().saved();
  project.runs[1].last_checkpoint = file->keep(sampleObject(kBytes, 2));
  // Files cannot grow: what a write meets is what it meets on a full disk.
  ::signal(SIGXFSZ, SIG_IGN);
  rlimit limit{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &limit), 0);
  const rlimit full{1000, limit.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &full), 0);
  const auto refused = store->write(project, *file);
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &limit), 0);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kWriteFailed);
  EXPECT_EQ(store->state().saved(), kept);
  const auto again = store->write(project, *file);
  EXPECT_TRUE(again) << describe(again.error());
}

TEST_F(Recovery, WithoutAPlaceItSaysSo) {
  std::ofstream(folder_.path() / "state") << "a file, no folder";
  const auto store = RecoveryStore::open(path_, sampleProject().uuid);
  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().code, ErrorCode::kWriteFailed);
  EXPECT_THAT(store.error().remedy, HasSubstr("XDG_STATE_HOME"));
}

}  // namespace
}  // namespace a2q::testing
