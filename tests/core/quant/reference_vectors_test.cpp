// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "core/base/atomic_file.h"
#include "tests/core/quant/vector_case.h"

namespace a2q::test {
namespace {

namespace fs = std::filesystem;

TEST(ReferenceVectors, EveryCaseOfTheFolderPasses) {
  const char* folder = std::getenv("A2Q_VECTORS_DIR");
  if (folder == nullptr) {
    GTEST_SKIP() << "A2Q_VECTORS_DIR is not set: the reference vectors of Brevitas are not at hand";
  }
  int cases = 0;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() != ".json") continue;
    const auto reports = checkVectorFile(entry.path());
    ASSERT_TRUE(reports) << describe(reports.error());
    for (const CaseReport& report : *reports) {
      EXPECT_THAT(report.problems, testing::IsEmpty()) << report.id;
      ++cases;
    }
  }
  EXPECT_GT(cases, 0) << "no .json file in " << folder;
}

class VectorFile : public testing::Test {
 protected:
  void TearDown() override { fs::remove(path_); }
  Result<std::vector<CaseReport>> check(std::string_view text) {
    EXPECT_TRUE(writeFileAtomically(path_, text));
    return checkVectorFile(path_);
  }
  fs::path path_ = fs::temp_directory_path() / "a2q_vector_file_test.json";
};

TEST_F(VectorFile, RefusesWhatIsNoVectorFile) {
  EXPECT_FALSE(check("not JSON"));
  EXPECT_FALSE(check("[1, 2]"));
  EXPECT_FALSE(check(R"({"meta": {"format": "other"}, "cases": []})"));
}

TEST_F(VectorFile, ReportsACaseThatDoesNotHold) {
  const auto reports = check(R"({"meta": {"format": "a2q-vectors-1"}, "cases": [{"id": "x"}]})");
  ASSERT_TRUE(reports);
  ASSERT_EQ(reports->size(), 1U);
  EXPECT_FALSE(reports->front().problems.empty());
}

}  // namespace
}  // namespace a2q::test
