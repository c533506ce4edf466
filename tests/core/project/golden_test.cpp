// SPDX-License-Identifier: GPL-3.0-or-later
// A small trained project in every format there has been: each is read for ever.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "core/project/project_diff.h"
#include "core/project/project_file.h"
#include "core/project/project_schema.h"
#include "core/project/stored/run_objects.h"
#include "tests/core/data/test_files.h"

namespace a2q::testing {
namespace {

namespace fs = std::filesystem;

fs::path goldenFile(std::int64_t format) {
  return fs::path(A2Q_GOLDEN_DIR) / fmt::format("project-{}.a2q", format);
}

ProjectFile open(const fs::path& path) {
  auto file = ProjectFile::open(path, ProjectAccess::kReadOnly);
  EXPECT_TRUE(file) << describe(file.error());
  return std::move(*file);
}

class Golden : public ::testing::TestWithParam<std::int64_t> {};

TEST_P(Golden, IsReadAsItWasMeant) {
  const ProjectFile file = open(goldenFile(GetParam()));
  const bool old = GetParam() < kFormatMajor;
  EXPECT_EQ(file.migratedFrom(), old ? std::optional(GetParam()) : std::nullopt);
  const auto experiment = experimentOf(file.saved());
  ASSERT_TRUE(experiment) << describe(experiment.error());
  EXPECT_EQ(experiment->network.name, "golden");
  EXPECT_EQ(experiment->training.epochs, 2);
  ASSERT_EQ(file.saved().runs.size(), 1U);
  const ProjectRun& run = file.saved().runs.front();
  EXPECT_EQ(run.name, "run-1");
  EXPECT_EQ(run.state, ProjectRunState::kFinished);
  EXPECT_EQ(run.safe, true);
  ASSERT_EQ(run.epochs.size(), 2U);
  EXPECT_EQ(run.epochs[1].test_score, 0.278);

  const auto record = storedRunOf(*file.object(*run.record));
  ASSERT_TRUE(record) << describe(record.error());
  EXPECT_TRUE(record->record.certificate.safe());
  EXPECT_EQ(record->record.weights.size(), 3U);
  EXPECT_EQ(record->record.epochs, run.epochs);
  EXPECT_EQ(record->snapshots.size(), 2U);
  for (const auto& checkpoint : {run.last_checkpoint, run.best_checkpoint}) {
    const auto stored = checkpointOf(*file.object(*checkpoint));
    ASSERT_TRUE(stored) << describe(stored.error());
    EXPECT_FALSE(stored->parameters.empty());
  }
}

TEST_P(Golden, IsTheSameInTodaysFormat) {
  const test::TemporaryFolder folder;
  const fs::path copy = folder.path() / "copy.a2q";
  const ProjectFile file = open(goldenFile(GetParam()));
  ASSERT_TRUE(file.exportTo(copy, ProjectFile::Existing::kRefuse));
  const ProjectFile exported = open(copy);
  EXPECT_FALSE(exported.migratedFrom());
  EXPECT_EQ(exported.saved(), file.saved());
  EXPECT_TRUE(projectDiff(exported.saved(), open(goldenFile(kFormatMajor)).saved()).empty());
}

INSTANTIATE_TEST_SUITE_P(EveryFormat, Golden, ::testing::Range<std::int64_t>(1, kFormatMajor + 1));

}  // namespace
}  // namespace a2q::testing
