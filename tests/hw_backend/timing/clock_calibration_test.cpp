// SPDX-License-Identifier: GPL-3.0-or-later
// Blocks placed and routed one by one.
#include "hw_backend/timing/clock_calibration.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "core/base/child_output.h"
#include "hw_backend/calibration/calibration_data.h"
#include "hw_backend/flow/work_folder.h"
#include "tests/hw_backend/flow/test_tools.h"

namespace a2q::testing {
namespace {

using flow_test::Variable;
using ::testing::HasSubstr;

const Device& device(std::string_view name) { return **findDevice(name); }

class Steps : public ProgressSink {
 public:
  void report(const Progress& progress) override { done_.insert(progress.done); }
  [[nodiscard]] std::size_t count() const { return done_.size(); }

 private:
  std::set<double> done_;
};

TEST(ClockPlan, TakesSomeOfEveryKindThatFit) {
  const MeasurementTable measured = calibrationData("ice40").value();
  const auto large = clockPlan(measured, device("ice40hx8k"));
  const auto small = clockPlan(measured, device("ice40hx1k"));
  EXPECT_LT(small.size(), large.size());
  std::set<std::size_t> kinds;
  std::size_t held_out = 0;
  for (const CalibrationPoint& point : large) {
    kinds.insert(point.block.index());
    held_out += point.held_out ? 1 : 0;
  }
  EXPECT_EQ(kinds.size(), std::variant_size_v<Block>);
  EXPECT_GT(held_out, large.size() / 8);
  EXPECT_LT(held_out, large.size() / 2);
}

TEST(ClockCalibration, ADeviceThatCannotBePlacedIsRefused) {
  Steps steps;
  const auto none = calibrateClocks(device("xc7a35t"), {}, 1, steps, {});
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, ErrorCode::kUsage);
  EXPECT_THAT(none.error().message, HasSubstr("xc7a35t"));
}

class PlacedBlocks : public ::testing::Test {
 protected:
  void SetUp() override {
    for (const char* tool : {"yosys", "nextpnr-ice40"}) {
      if (!findProgram(tool)) GTEST_SKIP() << tool << " is not installed: apt install " << tool;
    }
    auto made = WorkFolder::make();
    ASSERT_TRUE(made.has_value());
    folder_.emplace(std::move(*made));
    cache_.emplace("XDG_CACHE_HOME", folder_->path().string());
  }
  std::optional<WorkFolder> folder_;
  std::optional<Variable> cache_;
};

TEST_F(PlacedBlocks, AWiderAdderIsSlower) {
  const auto adder = [](int bits) {
    const IntegerFormat input{{bits}, Signedness::kSigned};
    return CalibrationPoint{AddBlock{1, input, input, {{bits + 1}, Signedness::kSigned}}, false};
  };
  Steps steps;
  const auto table = calibrateClocks(device("ice40hx8k"), {adder(3), adder(31)}, 2, steps, {});
  ASSERT_TRUE(table) << describe(table.error());
  ASSERT_TRUE(*table);
  EXPECT_EQ(steps.count(), 2U);
  EXPECT_THAT((*table)->tool, HasSubstr("nextpnr-ice40 (Version"));
  ASSERT_EQ((*table)->rows.size(), 2U);
  EXPECT_GT((*table)->rows[0].mhz, 150);
  EXPECT_LT((*table)->rows[1].mhz, (*table)->rows[0].mhz);
}

TEST_F(PlacedBlocks, StoppedItGivesNothing) {
  std::stop_source stop;
  stop.request_stop();
  Steps steps;
  const auto table =
      calibrateClocks(device("ice40hx8k"), {{ForkBlock{4}, false}}, 1, steps, stop.get_token());
  ASSERT_TRUE(table) << describe(table.error());
  EXPECT_FALSE(*table);
  EXPECT_EQ(steps.count(), 0U);
}

}  // namespace
}  // namespace a2q::testing
