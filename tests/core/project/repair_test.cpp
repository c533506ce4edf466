// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/repair/repair.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "core/base/atomic_file.h"
#include "core/network/experiment.h"
#include "core/project/stored/run_objects.h"
#include "tests/core/data/test_files.h"
#include "tests/core/project/project_samples.h"
#include "tests/core/project/run_samples.h"

namespace a2q::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Existing = ProjectFile::Existing;

class Repair : public ::testing::Test {
 protected:
  void SetUp() override { make(2000); }

  /// A project of two runs, with checkpoints of so many bytes.
  void make(std::size_t checkpoint_bytes) {
    auto file = ProjectFile::create(path_, Existing::kReplace);
    ASSERT_TRUE(file) << describe(file.error());
    Project project = sampleProject();
    const StoredRun stored = awkwardRun();
    for (int i = 1; i <= 2; ++i) {
      ProjectRun run = sampleRun(i);
      run.specification = writeExperiment(stored.record.experiment);
      run.epochs = stored.record.epochs;
      run.record = file->keep(runTree(stored));
      run.last_checkpoint = file->keep(sampleObject(checkpoint_bytes, static_cast<unsigned>(i)));
      project.runs.push_back(run);
    }
    ASSERT_TRUE(file->save(project));
    project_ = file->saved();
    bytes_ = *readFile(path_);
  }

  /// Writes a damaged file in the place of the project, and repairs it.
  Result<RepairReport> repair(const std::string& bytes) {
    EXPECT_TRUE(writeFileAtomically(path_, bytes));
    auto report = repairProject(path_, repaired_, Existing::kReplace);
    EXPECT_EQ(*readFile(path_), bytes) << "the damaged file was touched";
    EXPECT_FALSE(fs::exists(repaired_.string() + ".repairing"));
    return report;
  }
  Project repairedProject() const {
    const auto file = ProjectFile::open(repaired_, ProjectAccess::kReadOnly);
    EXPECT_TRUE(file) << describe(file.error());
    for (const ObjectRef& ref : objectsOf(file->saved())) EXPECT_TRUE(file->object(ref));
    return file->saved();
  }
  /// All of it but when it was saved and what it is called.
  static Project essence(Project project) {
    project.modified.clear();
    return project;
  }

  test::TemporaryFolder folder_;
  fs::path path_ = folder_.path() / "größe 12.a2q";
  fs::path repaired_ = folder_.path() / "größe 12.repaired.a2q";
  std::string bytes_;
  Project project_;
};

TEST_F(Repair, OfASoundFileIsACopy) {
  const auto report = repair(bytes_);
  ASSERT_TRUE(report) << describe(report.error());
  EXPECT_FALSE(report->damaged);
  EXPECT_THAT(report->lost, IsEmpty());
  EXPECT_EQ(essence(repairedProject()), essence(project_));
}

TEST_F(Repair, FrameAndSuperblockAreWrittenAnew) {
  std::string bytes = bytes_;
  for (std::size_t i = 0; i < 560; ++i) bytes[i] = '?';
  const auto report = repair(bytes);
  ASSERT_TRUE(report) << describe(report.error());
  EXPECT_TRUE(report->damaged);
  EXPECT_EQ(essence(repairedProject()), essence(project_));
}

TEST_F(Repair, RunsAreFoundWithoutTheRoot) {
  std::string bytes = bytes_;
  bytes[bytes.find("OHDR") + 30] ^= 1;
  const auto report = repair(bytes);
  ASSERT_TRUE(report) << describe(report.error());
  const Project repaired = repairedProject();
  EXPECT_EQ(repaired.specification, project_.specification);
  EXPECT_EQ(repaired.runs, project_.runs);
}

TEST_F(Repair, ADamagedCheckpointCostsThatCheckpoint) {
  const DataTree checkpoint = sampleObject(2000, 1);
  const auto& content = checkpoint.arrays.at("bytes").value.bytes;
  const std::size_t at =
      bytes_.find(std::string(reinterpret_cast<const char*>(content.data()), 100));
  ASSERT_NE(at, std::string::npos);
  std::string bytes = bytes_;
  bytes[at + 50] ^= 1;
  const auto report = repair(bytes);
  ASSERT_TRUE(report) << describe(report.error());
  ASSERT_EQ(report->lost.size(), 1U);
  EXPECT_THAT(report->lost.front(), HasSubstr("last_checkpoint: its content is damaged"));
  Project expected = project_;
  expected.runs[0].last_checkpoint.reset();
  EXPECT_EQ(essence(repairedProject()), essence(expected));
}

TEST_F(Repair, RunsComeBackFromRecordsBesideADestroyedFile) {
  make(std::size_t{33} << 20);
  ASSERT_TRUE(fs::is_directory(objectsFolderOf(path_)));
  const auto report = repair(std::string(bytes_.size(), '\0'));
  ASSERT_TRUE(report) << describe(report.error());
  const Project repaired = repairedProject();
  ASSERT_EQ(repaired.runs.size(), 1U) << "both runs have the same record";
  EXPECT_EQ(repaired.runs[0].epochs, project_.runs[0].epochs);
  EXPECT_EQ(repaired.runs[0].specification, project_.runs[0].specification);
  EXPECT_EQ(repaired.runs[0].record, project_.runs[0].record);
}

TEST_F(Repair, WhatIsNotAProjectIsToldSo) {
  const auto report = repair("not a project at all");
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, ErrorCode::kFileFormat);
  EXPECT_FALSE(fs::exists(repaired_));
  EXPECT_EQ(repairProject(path_, path_, Existing::kReplace).error().code, ErrorCode::kUsage);
  EXPECT_EQ(repairProject(folder_.path() / "none", repaired_, Existing::kReplace).error().code,
            ErrorCode::kReadFailed);
}

TEST_F(Repair, OfDamageAnywhereGivesNothingThatWasNotThere) {
  std::mt19937 random(5);
  int saved = 0;
  constexpr int kPlaces = 40;
  for (int i = 0; i < kPlaces; ++i) {
    const std::size_t at = random() % bytes_.size();
    std::string bytes = i % 4 == 3 ? bytes_.substr(0, at) : bytes_;
    if (i % 4 != 3) bytes[at] = static_cast<char>(bytes[at] ^ 0x55);
    const auto report = repair(bytes);
    if (!report) continue;
    ++saved;
    for (const ProjectRun& run : repairedProject().runs) {
      if (run.last_checkpoint) {
        EXPECT_TRUE(run.last_checkpoint == project_.runs[0].last_checkpoint ||
                    run.last_checkpoint == project_.runs[1].last_checkpoint);
      }
    }
  }
  EXPECT_GE(saved, kPlaces / 2);
}

}  // namespace
}  // namespace a2q::testing
