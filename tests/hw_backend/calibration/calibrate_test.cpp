// SPDX-License-Identifier: GPL-3.0-or-later
// Measuring blocks, with a tool that only pretends.
#include "hw_backend/calibration/calibrate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>

#include "hw_backend/flow/work_folder.h"
#include "tests/hw_backend/flow/test_tools.h"

namespace a2q::testing {
namespace {

using flow_test::Variable;
using ::testing::HasSubstr;

/// One LUT and one register, as Yosys writes them.
constexpr const char* kPretendedNetlist =
    "cat > netlist.json <<'EOF'\n"
    "{\"modules\": {\"block\": {\"ports\": {}, \"cells\": {\n"
    "\"a\": {\"type\": \"SB_LUT4\", \"connections\": {\"O\": [5], \"I0\": [2]}},\n"
    "\"b\": {\"type\": \"SB_DFF\", \"connections\": {\"Q\": [6], \"D\": [5], \"C\": [3]}}}}}}\n"
    "EOF\n";

struct Told : ProgressSink {
  void report(const Progress& progress) override {
    EXPECT_EQ(progress.done, ++reports);
    total = progress.total;
  }
  int reports = 0;
  double total = 0;
};

class Calibrate : public ::testing::Test {
 protected:
  void pretend(const std::string& script) {
    path_.emplace("PATH", flow_test::pretendYosys(folder_.path(), script));
  }
  auto run(const std::stop_token& stop = {}) {
    const auto& ice40 = *std::ranges::find(families(), "ice40", &Family::name);
    return calibrate(ice40, {points_, products_}, 2, told_, stop);
  }

  WorkFolder folder_ = WorkFolder::make().value();
  Variable cache_{"XDG_CACHE_HOME", (folder_.path() / "cache").string()};
  std::optional<Variable> path_;
  std::vector<CalibrationPoint> points_{
      {ForkBlock{8}, false}, {ForkBlock{9}, true}, {ForkBlock{10}, false}};
  std::vector<Product> products_{{{4}, {{4}}, false}};
  Told told_;
};

TEST_F(Calibrate, MeasuresEveryPointInItsOrder) {
  pretend(kPretendedNetlist);
  const auto table = run();
  ASSERT_TRUE(table) << describe(table.error());
  ASSERT_TRUE(*table);
  EXPECT_EQ((*table)->tool, "Yosys 0.0");
  ASSERT_EQ((*table)->rows.size(), 3U);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ((*table)->rows[i].block, points_[i].block);
    EXPECT_EQ((*table)->rows[i].held_out, points_[i].held_out);
    EXPECT_EQ((*table)->rows[i].use.ff, 1);
  }
  ASSERT_EQ((*table)->products.size(), 1U);
  EXPECT_EQ((*table)->products[0].product, products_[0]);
  EXPECT_EQ((*table)->products[0].lut, 1);
  EXPECT_EQ(told_.reports, 4);
  EXPECT_EQ(told_.total, 4);
}

TEST_F(Calibrate, AToolThatFailsEndsItWithItsLastWords) {
  pretend("echo 'ERROR: no such thing' >&2; exit 1\n");
  const auto table = run();
  ASSERT_FALSE(table);
  EXPECT_EQ(table.error().code, ErrorCode::kToolFailed);
  EXPECT_THAT(describe(table.error()), HasSubstr("no such thing"));
}

TEST_F(Calibrate, AMissingToolSaysWhatToInstall) {
  path_.emplace("PATH", folder_.path().string());
  const auto table = run();
  ASSERT_FALSE(table);
  EXPECT_EQ(table.error().code, ErrorCode::kToolMissing);
  EXPECT_THAT(describe(table.error()), HasSubstr("yosys"));
}

TEST_F(Calibrate, AStopIsNoError) {
  pretend(kPretendedNetlist);
  std::stop_source stop;
  stop.request_stop();
  const auto table = run(stop.get_token());
  ASSERT_TRUE(table);
  EXPECT_FALSE(*table);
}

}  // namespace
}  // namespace a2q::testing
