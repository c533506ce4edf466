// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <ostream>

#include "core/base/child_output.h"
#include "tests/hw_backend/rtl/design_cases.h"

namespace a2q::rtl_test {

std::ostream& operator<<(std::ostream& out, const DesignCase& which) { return out << which.name; }

namespace {

const std::vector<DesignCase>& allCases() {
  static const std::vector<DesignCase> cases = designCases();
  return cases;
}

Result<std::vector<BenchOutcome>> runCases() {
  std::vector<BenchUnit> units;
  for (const DesignCase& which : allCases()) units.push_back(which.unit);
  return runBench(units, {0, 1});
}

/// All designs stand in one model, which is built and run once.
class DesignSimulation : public ::testing::TestWithParam<DesignCase> {
 protected:
  void SetUp() override {
    if (!findProgram("verilator"))
      GTEST_SKIP() << "verilator is not installed: apt install verilator";
    static const Result<std::vector<BenchOutcome>> outcomes = runCases();
    ASSERT_TRUE(outcomes.has_value()) << describe(outcomes.error());
    outcomes_ = &*outcomes;
  }

  [[nodiscard]] const PortOutcome& outcome(std::size_t stall, const std::string& port) const {
    static const PortOutcome nothing;
    const auto found = (*outcomes_)[stall].find(GetParam().name + "." + port);
    return found == (*outcomes_)[stall].end() ? nothing : found->second;
  }

  const std::vector<BenchOutcome>* outcomes_ = nullptr;
};

TEST_P(DesignSimulation, GivesTheIntegersOfTheEngine) {
  for (std::size_t stall = 0; stall < outcomes_->size(); ++stall) {
    const StreamValues& expected = GetParam().unit.outputs.front();
    const PortOutcome& port = outcome(stall, expected.port);
    ASSERT_FALSE(expected.values.empty());
    ASSERT_EQ(port.values.size(), expected.values.size()) << "stalls of kind " << stall;
    for (std::size_t i = 0; i < port.values.size(); ++i)
      ASSERT_EQ(port.values[i], expected.values[i])
          << "stalls of kind " << stall << ", value " << i;
    EXPECT_FALSE(port.broken) << "a beat changed before it was taken, stalls of kind " << stall;
    EXPECT_FALSE(port.overflow) << "stalls of kind " << stall;
  }
}

TEST_P(DesignSimulation, TakesTheCyclesOfTheModel) {
  const DesignCase& which = GetParam();
  const auto& taken = outcome(0, "in").cycles;
  const auto& given = outcome(0, "out").cycles;
  const auto beats = static_cast<std::size_t>(which.unit.outputs.front().beats() / which.samples);
  ASSERT_EQ(given.size(), beats * static_cast<std::size_t>(which.samples));
  const std::int64_t latency = given[beats - 1] - taken[0] + 1;
  const std::int64_t interval = given.back() - given[given.size() - 1 - beats];
  std::printf("RESULT %s latency %ld model %ld interval %ld model %ld bottleneck %s\n",
              which.name.c_str(), latency, which.design.latency, interval, which.design.interval,
              std::string(blockName(which.design.stages[which.design.bottleneck].block)).c_str());
  EXPECT_EQ(interval, which.design.interval);
}

INSTANTIATE_TEST_SUITE_P(Designs, DesignSimulation, ::testing::ValuesIn(allCases()),
                         [](const auto& which) { return which.param.name; });

}  // namespace
}  // namespace a2q::rtl_test
