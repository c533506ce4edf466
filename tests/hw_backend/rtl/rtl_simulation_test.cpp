// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <iterator>
#include <optional>
#include <ostream>

#include "core/base/child_output.h"
#include "hw_backend/rtl/cycle_count.h"
#include "tests/hw_backend/rtl/cases.h"

namespace a2q::rtl_test {

std::ostream& operator<<(std::ostream& out, const BenchCase& which) { return out << which.name; }

namespace {

const std::vector<BenchCase>& allCases() {
  static const std::vector<BenchCase> cases = [] {
    auto all = dotCases();
    std::ranges::move(streamCases(), std::back_inserter(all));
    return all;
  }();
  return cases;
}

Result<std::vector<BenchOutcome>> runCases() {
  std::vector<BenchUnit> units;
  for (const BenchCase& which : allCases()) {
    auto unit = unitOf(which);
    if (!unit) return forward(std::move(unit));
    // A skid buffer in front of every other block: they are tested too.
    unit->buffered = units.size() % 2 == 1;
    units.push_back(std::move(*unit));
  }
  return runBench(units);
}

/// All cases stand in one model, which is built and run once.
class RtlSimulation : public ::testing::TestWithParam<BenchCase> {
 protected:
  void SetUp() override {
    if (!findProgram("verilator"))
      GTEST_SKIP() << "verilator is not installed: apt install verilator";
    static const Result<std::vector<BenchOutcome>> outcomes = runCases();
    ASSERT_TRUE(outcomes.has_value()) << describe(outcomes.error());
    outcomes_ = &*outcomes;
  }

  [[nodiscard]] const PortOutcome& outcome(std::size_t stall, const StreamValues& stream) const {
    static const PortOutcome nothing;
    const auto found = (*outcomes_)[stall].find(GetParam().name + "." + stream.port);
    return found == (*outcomes_)[stall].end() ? nothing : found->second;
  }

  const std::vector<BenchOutcome>* outcomes_ = nullptr;
};

TEST_P(RtlSimulation, GivesTheIntegersOfTheReference) {
  for (std::size_t stall = 0; stall < outcomes_->size(); ++stall)
    for (const StreamValues& expected : GetParam().outputs) {
      const PortOutcome& port = outcome(stall, expected);
      ASSERT_FALSE(expected.values.empty());
      ASSERT_EQ(port.values.size(), expected.values.size()) << "stalls of kind " << stall;
      for (std::size_t i = 0; i < port.values.size(); ++i)
        ASSERT_EQ(port.values[i], expected.values[i])
            << "stalls of kind " << stall << ", value " << i << " of " << expected.port;
      EXPECT_FALSE(port.broken) << "a beat changed before it was taken, stalls of kind " << stall;
      EXPECT_EQ(port.overflow, GetParam().overflows) << "stalls of kind " << stall;
    }
}

TEST_P(RtlSimulation, TakesTheCyclesCounted) {
  const StreamValues& stream = GetParam().outputs.front();
  const auto& cycles = outcome(0, stream).cycles;
  ASSERT_EQ(static_cast<std::int64_t>(cycles.size()), stream.beats());
  const auto beats = static_cast<std::size_t>(stream.beats() / GetParam().samples);
  ASSERT_GE(cycles.size(), 2 * beats);
  EXPECT_EQ(cycles.back() - cycles[cycles.size() - 1 - beats],
            cyclesOf(GetParam().block, GetParam().sample_count));
}

INSTANTIATE_TEST_SUITE_P(Blocks, RtlSimulation, ::testing::ValuesIn(allCases()),
                         [](const auto& which) { return which.param.name; });

}  // namespace
}  // namespace a2q::rtl_test
