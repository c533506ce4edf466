// SPDX-License-Identifier: GPL-3.0-or-later
// Placement by a program that only pretends; the real one is tried with real blocks elsewhere.
#include "hw_backend/flow/nextpnr.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hw_backend/flow/work_folder.h"
#include "tests/hw_backend/flow/test_tools.h"

namespace a2q {
namespace {

namespace fs = std::filesystem;
using flow_test::contentOf;
using flow_test::eventually;
using flow_test::numberIn;
using flow_test::runs;
using flow_test::Variable;
using flow_test::writeScript;
using ::testing::HasSubstr;

constexpr const char* kReport =
    R"({"fmax": {"a": {"achieved": 80.5}, "b": {"achieved": 62.25}},)"
    R"( "utilization": {"ICESTORM_LC": {"used": 321}, "SB_IO": {"used": 4}}})";

class Nextpnr : public ::testing::Test {
 protected:
  void SetUp() override {
    auto made = WorkFolder::make();
    ASSERT_TRUE(made.has_value());
    folder_.emplace(std::move(*made));
    cache_.emplace("XDG_CACHE_HOME", (path() / "cache").string());
    path_.emplace("PATH", path().string() + ":/usr/bin:/bin");
  }

  [[nodiscard]] const fs::path& path() const { return folder_->path(); }

  /// A program first in PATH that tells its version and else does as the script.
  void pretend(const std::string& script) {
    writeScript(path() / "nextpnr-ice40",
                "if [ \"$1\" = --version ]; then\n"
                "  echo '\"nextpnr-ice40\" -- (Version 9.9)' >&2; exit 0; fi\n" +
                    script);
  }

  static PlacementJob job() { return {"{}", "ice40", "--hx8k --package ct256"}; }

  std::optional<WorkFolder> folder_;
  std::optional<Variable> cache_;
  std::optional<Variable> path_;
};

TEST_F(Nextpnr, TheSlowestClockCounts) {
  pretend("echo \"$@\" > " + (path() / "words").string() + "\necho '" + kReport +
          "' > report.json\n");
  const auto placed = placeAndRoute(job());
  ASSERT_TRUE(placed) << describe(placed.error());
  ASSERT_TRUE(*placed);
  EXPECT_DOUBLE_EQ((*placed)->clock_hz, 62.25e6);
  EXPECT_EQ((*placed)->logic_cells, 321);
  EXPECT_THAT(contentOf(path() / "words"), HasSubstr("--hx8k --package ct256"));
}

TEST_F(Nextpnr, TheSameJobIsNotDoneAgain) {
  pretend("echo run >> " + (path() / "runs").string() + "\necho '" + kReport + "' > report.json\n");
  const auto first = placeAndRoute(job());
  const auto second = placeAndRoute(job());
  PlacementJob other = job();
  other.options = "--up5k --package sg48";
  const auto third = placeAndRoute(other);
  ASSERT_TRUE(first && second && third);
  EXPECT_EQ(**first, **second);
  EXPECT_EQ(contentOf(path() / "runs"), "run\nrun\n");
}

TEST_F(Nextpnr, AFailureQuotesItsLastLines) {
  pretend("echo 'ERROR: too many cells' >&2; exit 1\n");
  const auto placed = placeAndRoute(job());
  ASSERT_FALSE(placed);
  EXPECT_EQ(placed.error().code, ErrorCode::kToolFailed);
  EXPECT_THAT(describe(placed.error()), HasSubstr("too many cells"));
}

TEST_F(Nextpnr, AReportThatIsNoneIsAnError) {
  for (const char* report : {"", "{}", "[1]", R"({"fmax": 3, "utilization": {}})",
                             R"({"fmax": {}, "utilization": {}})"}) {
    pretend(std::string("echo what it says; echo '") + report + "' > report.json\n");
    const auto placed = placeAndRoute(job());
    ASSERT_FALSE(placed) << report;
    EXPECT_THAT(placed.error().cause, HasSubstr("what it says"));
    EXPECT_EQ(placed.error().code, ErrorCode::kToolFailed) << report;
  }
}

TEST_F(Nextpnr, AFailingQuestionForItsVersionIsQuoted) {
  writeScript(path() / "nextpnr-ice40", "echo 'ERROR: no license' >&2; exit 1\n");
  const auto placed = placeAndRoute(job());
  ASSERT_FALSE(placed);
  EXPECT_EQ(placed.error().message, "'nextpnr-ice40 --version' ended with code 1");
  EXPECT_THAT(placed.error().cause, HasSubstr("no license"));
}

TEST_F(Nextpnr, AskedForItsVersionItIsStopped) {
  const fs::path number = path() / "pid";
  writeScript(path() / "nextpnr-ice40", "echo $$ > " + number.string() + "\nexec sleep 60\n");
  std::stop_source stop;
  std::jthread stopper([&] {
    EXPECT_TRUE(eventually([&] { return numberIn(number) > 0; }));
    stop.request_stop();
  });
  const auto placed = placeAndRoute(job(), stop.get_token());
  ASSERT_TRUE(placed) << describe(placed.error());
  EXPECT_FALSE(*placed);
  EXPECT_TRUE(eventually([&] { return !runs(numberIn(number)); }));
}

TEST_F(Nextpnr, AMissingProgramIsNamedWithItsPackage) {
  PlacementJob other = job();
  other.family = "nothing";
  const auto placed = placeAndRoute(other);
  ASSERT_FALSE(placed);
  EXPECT_EQ(placed.error().code, ErrorCode::kToolMissing);
  EXPECT_THAT(describe(placed.error()), HasSubstr("nextpnr-nothing"));
}

TEST_F(Nextpnr, StoppedItLeavesNothingRunning) {
  const fs::path number = path() / "pid";
  pretend("echo $$ > " + number.string() + "\nexec sleep 60\n");
  std::stop_source stop;
  std::jthread stopper([&] {
    EXPECT_TRUE(eventually([&] { return numberIn(number) > 0; }));
    stop.request_stop();
  });
  const auto placed = placeAndRoute(job(), stop.get_token());
  ASSERT_TRUE(placed) << describe(placed.error());
  EXPECT_FALSE(*placed);
  EXPECT_TRUE(eventually([&] { return !runs(numberIn(number)); }));
}

}  // namespace
}  // namespace a2q
