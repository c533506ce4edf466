// SPDX-License-Identifier: GPL-3.0-or-later
// Projects in places where they cannot be written or read: full disks, folders and files without
// permission. The tests that need a disk of their own mount one in a namespace of this process.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>

#include <clocale>
#include <cstdlib>
#include <fstream>
#include <locale>

#include "core/base/atomic_file.h"
#include "core/project/project_file.h"
#include "core/project/recovery/recovery.h"
#include "core/project/run_recorder.h"
#include "tests/core/data/test_files.h"
#include "tests/core/project/project_samples.h"
#include "tests/core/project/run_samples.h"

namespace a2q::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using Existing = ProjectFile::Existing;

constexpr std::size_t kMegabyte = std::size_t{1} << 20;

bool mounts_are_ours = false;

/// Takes a mount namespace before there are threads.
class OwnMounts : public ::testing::Environment {
  void SetUp() override {
    const int kind = ::geteuid() == 0 ? CLONE_NEWNS : CLONE_NEWNS | CLONE_NEWUSER;
    mounts_are_ours =
        ::unshare(kind) == 0 && ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0;
  }
};
const auto* const kEnvironment = ::testing::AddGlobalTestEnvironment(new OwnMounts);

class Places : public ::testing::Test {
 protected:
  void TearDown() override {
    if (mounted_) ::umount2(place_.c_str(), MNT_DETACH);
  }
  /// A disk of so many bytes at `place_`; false where none may be mounted.
  bool mount(std::size_t bytes) {
    const std::string size = "size=" + std::to_string(bytes);
    mounted_ = mounts_are_ours && ::mount("tmpfs", place_.c_str(), "tmpfs", 0, size.c_str()) == 0;
    return mounted_;
  }
  static ProjectFile make(const fs::path& path) {
    auto file = ProjectFile::create(path, Existing::kReplace);
    EXPECT_TRUE(file) << describe(file.error());
    EXPECT_TRUE(file->save(sampleProject()));
    return std::move(*file);
  }
  static Project withCheckpoint(ProjectFile& file, std::size_t bytes) {
    Project project = file.saved();
    project.runs = {sampleRun(1)};
    project.runs[0].last_checkpoint = file.keep(sampleObject(bytes, 3));
    return project;
  }
  static void expectIntact(const fs::path& path, const std::string& before) {
    EXPECT_EQ(*readFile(path), before);
    EXPECT_TRUE(ProjectFile::open(path, ProjectAccess::kReadOnly));
    EXPECT_FALSE(fs::exists(path.string() + ".saving"));
  }
  /// Saves more than fits, then less.
  void fillUp(std::size_t disk, std::size_t checkpoint) {
    if (!mount(disk)) GTEST_SKIP() << "no disk can be mounted here";
    const fs::path path = place_ / "größe 12.a2q";
    ProjectFile file = make(path);
    const std::string before = *readFile(path);
    const auto saved = file.save(withCheckpoint(file, checkpoint));
    ASSERT_FALSE(saved);
    EXPECT_EQ(saved.error().code, ErrorCode::kWriteFailed);
    EXPECT_THAT(saved.error().cause, HasSubstr("No space left"));
    EXPECT_FALSE(saved.error().remedy.empty());
    expectIntact(path, before);
    EXPECT_TRUE(file.save(withCheckpoint(file, kMegabyte)));
    EXPECT_EQ(ProjectFile::open(path, ProjectAccess::kReadOnly)->saved().runs.size(), 1U);
  }

  test::TemporaryFolder folder_;
  fs::path place_ = folder_.path();
  bool mounted_ = false;
};

TEST_F(Places, AFullDiskLeavesTheOldFile) { fillUp(4 * kMegabyte, 8 * kMegabyte); }

TEST_F(Places, AFullDiskLeavesTheOldFileAlsoWhenObjectsGoBeside) {
  fillUp(8 * kMegabyte, 33 * kMegabyte);
}

TEST_F(Places, ADiskThatIsFullFromTheStartTakesNoProject) {
  if (!mount(4096 * 2)) GTEST_SKIP() << "no disk can be mounted here";
  auto file = ProjectFile::create(place_ / "a.a2q", Existing::kRefuse);
  ASSERT_TRUE(file) << describe(file.error());
  const auto saved = file->save(sampleProject());
  ASSERT_FALSE(saved);
  EXPECT_THAT(saved.error().cause, HasSubstr("No space left"));
  EXPECT_FALSE(fs::exists(place_ / "a.a2q"));
}

TEST_F(Places, AReadOnlyDiskIsReadAndNotWritten) {
  if (!mount(4 * kMegabyte)) GTEST_SKIP() << "no disk can be mounted here";
  const fs::path path = place_ / "a.a2q";
  make(path);
  ASSERT_EQ(::mount("tmpfs", place_.c_str(), "tmpfs", MS_REMOUNT | MS_RDONLY, nullptr), 0);
  EXPECT_TRUE(ProjectFile::open(path, ProjectAccess::kReadOnly));
  const auto writing = ProjectFile::open(path, ProjectAccess::kWrite);
  ASSERT_FALSE(writing);
  EXPECT_EQ(writing.error().code, ErrorCode::kReadOnly);
  EXPECT_THAT(writing.error().cause, HasSubstr("Read-only file system"));
  const auto other = ProjectFile::create(place_ / "b.a2q", Existing::kRefuse);
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().code, ErrorCode::kReadOnly);
}

/// Without the rights of root, which no permission binds.
class Unprivileged {
 public:
  Unprivileged() : was_root_(::geteuid() == 0) {
    constexpr uid_t kNobody = 65534;
    if (was_root_) done_ = ::seteuid(kNobody) == 0;
  }
  Unprivileged(const Unprivileged&) = delete;
  Unprivileged& operator=(const Unprivileged&) = delete;
  ~Unprivileged() {
    if (was_root_ && ::seteuid(0) != 0) std::abort();
  }
  [[nodiscard]] bool done() const { return done_; }

 private:
  bool was_root_;
  bool done_ = true;
};

TEST_F(Places, WrongPermissionsAreTold) {
  const fs::path path = place_ / "a.a2q";
  make(path);
  const std::string before = *readFile(path);
  fs::permissions(place_, fs::perms(0755));
  {
    const Unprivileged user;
    if (!user.done()) GTEST_SKIP() << "root cannot become nobody here";
    if (::access(place_.c_str(), R_OK) != 0) GTEST_SKIP() << "the temporary folder is closed";
    std::error_code ignored;
    fs::permissions(place_, fs::perms(0555), ignored);
    EXPECT_TRUE(ProjectFile::open(path, ProjectAccess::kReadOnly));
    const auto writing = ProjectFile::open(path, ProjectAccess::kWrite);
    ASSERT_FALSE(writing);
    EXPECT_EQ(writing.error().code, ErrorCode::kReadOnly);
    EXPECT_THAT(writing.error().cause, HasSubstr("Permission denied"));
  }
  fs::permissions(place_, fs::perms(0755));
  fs::permissions(path, fs::perms(0));
  {
    const Unprivileged user;
    const auto reading = ProjectFile::open(path, ProjectAccess::kReadOnly);
    ASSERT_FALSE(reading);
    EXPECT_EQ(reading.error().code, ErrorCode::kReadFailed);
    EXPECT_THAT(reading.error().cause, HasSubstr("Permission denied"));
  }
  fs::permissions(path, fs::perms(0644));
  expectIntact(path, before);
}

TEST_F(Places, ARunThatEndsOnAFullDiskIsKeptApart) {
  const test::TemporaryFolder state;
  ::setenv("XDG_STATE_HOME", state.path().c_str(), 1);
  if (!mount(4 * kMegabyte)) GTEST_SKIP() << "no disk can be mounted here";
  const fs::path path = place_ / "a.a2q";
  const StoredRun stored = awkwardRun();
  {
    ProjectFile file = make(path);
    auto recorder = RunRecorder::begin(file, stored.record.experiment, "data");
    ASSERT_TRUE(recorder) << describe(recorder.error());
    std::ofstream(place_ / "filler") << std::string(8 * kMegabyte, 'x');
    const auto finished = (*recorder)->finish(stored.record);
    ASSERT_FALSE(finished);
    EXPECT_THAT(finished.error().cause, HasSubstr("No space left"));
    EXPECT_THAT(finished.error().remedy, HasSubstr("a2q recover"));
  }
  EXPECT_EQ(ProjectFile::open(path, ProjectAccess::kReadOnly)->saved().runs[0].state,
            ProjectRunState::kTraining);
  fs::remove(place_ / "filler");
  const auto entries = findRecoveries(path);
  ASSERT_EQ(entries.size(), 1U);
  const auto restored = restoreRecovery(entries.front());
  ASSERT_TRUE(restored) << describe(restored.error());
  const auto file = ProjectFile::open(path, ProjectAccess::kReadOnly);
  ASSERT_TRUE(file) << describe(file.error());
  EXPECT_EQ(runStateOf(stored.record.state), file->saved().runs[0].state);
  EXPECT_TRUE(file->object(*file->saved().runs[0].record));
  EXPECT_TRUE(findRecoveries(path).empty());
}

/// Decimal commas and points between thousands, as a workbench has them in Germany.
class GermanLocale {
 public:
  explicit GermanLocale(const fs::path& folder) {
    const std::string make =
        "localedef -i de_DE -f UTF-8 '" + (folder / "de_DE.UTF-8").string() + "' >/dev/null 2>&1";
    if (std::system(make.c_str()) != 0) return;
    ::setenv("LOCPATH", folder.c_str(), 1);
    done_ = std::setlocale(LC_ALL, "de_DE.UTF-8") != nullptr;
    if (done_) previous_ = std::locale::global(std::locale("de_DE.UTF-8"));
  }
  GermanLocale(const GermanLocale&) = delete;
  GermanLocale& operator=(const GermanLocale&) = delete;
  ~GermanLocale() {
    std::locale::global(previous_);
    std::setlocale(LC_ALL, "C");
    ::unsetenv("LOCPATH");
  }
  [[nodiscard]] bool done() const { return done_; }

 private:
  bool done_ = false;
  std::locale previous_;
};

TEST_F(Places, AGermanLocaleChangesNoByte) {
  Project project = sampleProject();
  project.runs = {sampleRun(1)};
  const auto write = [&](const fs::path& path) {
    auto file = ProjectFile::create(path, Existing::kReplace);
    EXPECT_TRUE(file->save(project));
    return *readFile(path);
  };
  const std::string expected = write(place_ / "c.a2q");
  const GermanLocale german(place_);
  ASSERT_TRUE(german.done()) << "the Debian package 'locales' gives what this test needs";
  char number[16];
  std::snprintf(number, sizeof number, "%.1f", 1.5);
  ASSERT_STREQ(number, "1,5") << "the locale is not in use";
  EXPECT_EQ(write(place_ / "de.a2q"), expected);
  const auto file = ProjectFile::open(place_ / "c.a2q", ProjectAccess::kReadOnly);
  ASSERT_TRUE(file) << describe(file.error());
  EXPECT_EQ(file->saved(), project);
  const auto experiment = experimentOf(file->saved());
  ASSERT_TRUE(experiment) << describe(experiment.error());
  EXPECT_EQ(newProject(*experiment).specification, project.specification);
}

}  // namespace
}  // namespace a2q::testing
