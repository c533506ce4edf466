// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <ostream>

#include "core/base/child_output.h"
#include "hw_backend/rtl/design_rtl.h"
#include "hw_backend/rtl/stream_order.h"
#include "tests/core/integer/network_builder.h"
#include "tests/hw_backend/rtl/design_cases.h"
#include "tests/hw_backend/rtl/design_networks.h"

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
  return runBench(units);
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

/// The interval is what the model says; the latency is, but for what a pixel's beats that come
/// unevenly change.
TEST_P(DesignSimulation, TakesTheCyclesOfTheModel) {
  constexpr std::int64_t kCycles = 4;
  const DesignCase& which = GetParam();
  const auto& taken = outcome(0, "in").cycles;
  const auto& given = outcome(0, "out").cycles;
  const auto beats = static_cast<std::size_t>(which.unit.outputs.front().beats() / which.samples);
  ASSERT_EQ(given.size(), beats * static_cast<std::size_t>(which.samples));
  const std::int64_t latency = given[beats - 1] - taken[0] + 1;
  const std::int64_t interval = given.back() - given[given.size() - 1 - beats];
  EXPECT_EQ(interval, which.design.interval);
  EXPECT_NEAR(latency, which.design.latency,
              std::max(kCycles, latency * which.latency_per_cent / 100));
  RecordProperty("latency", static_cast<int>(latency));
  RecordProperty("modelled_latency", static_cast<int>(which.design.latency));
}

INSTANTIATE_TEST_SUITE_P(Designs, DesignSimulation, ::testing::ValuesIn(allCases()),
                         [](const auto& which) { return which.param.name; });

/// FIFOs hold what waits for another branch: with two beats instead, the design stops.
TEST(DesignFifos, WithoutTheirDepthADesignStops) {
  if (!findProgram("verilator"))
    GTEST_SKIP() << "verilator is not installed: apt install verilator";
  constexpr std::int64_t kSamples = 3;
  const IntegerNetwork network = residual();
  const DesignNetwork layers = narrowDesign(network);
  auto design = fold(layers, atMost(layers, 4, 2));
  ASSERT_TRUE(design);
  int deep = 0;
  for (Stage& stage : design->stages)
    if (auto* fifo = std::get_if<FifoBlock>(&stage.block); fifo != nullptr && fifo->depth > 2) {
      fifo->depth = 2;
      ++deep;
    }
  ASSERT_GE(deep, 1);
  const BenchUnit unit = designCase("shallow", network, *design, kSamples).unit;
  const auto outcomes = runBench({unit}, {0}, 10 * kSamples * design->interval);
  ASSERT_TRUE(outcomes) << describe(outcomes.error());
  const auto found = outcomes->front().find("shallow.in");
  ASSERT_NE(found, outcomes->front().end());
  EXPECT_FALSE(found->second.cycles.empty());
  EXPECT_EQ(outcomes->front().count("shallow.out"), 0U);
}

/// A layer whose weights could overflow is refused by its name.
TEST(DesignVerilog, ShowsThatNoCodeThatOccursOverflows) {
  const IntegerNetwork network = perceptron();
  DesignNetwork layers = narrowDesign(network);
  const FoldingSpec folding = atMost(layers, 1, 1);
  EXPECT_TRUE(generateDesign(*fold(layers, folding), network));
  DesignLayer& last = layers.layers.back();
  --last.accumulator.bits;
  --last.output_format.width.bits;
  const auto refused = generateDesign(*fold(layers, folding), network);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kOverflowPossible);
  EXPECT_NE(refused.error().message.find(last.name), std::string::npos);
}

/// Flatten moves nothing: what comes behind it is asked for pixel by pixel.
TEST(StreamOrder, IsThatOfPixelsBehindAFlattenToo) {
  testing::NetworkBuilder builder({2, 1, 3}, {{2}, Signedness::kUnsigned});
  builder.flatten();
  const auto orders = streamOrders(builder.network());
  EXPECT_EQ(orders[0], (StreamOrder{0, 3, 1, 4, 2, 5}));
  EXPECT_EQ(orders[1], orders[0]);
  EXPECT_EQ(channelOrder({6, 1, 1}, orders[1]), orders[0]);
  EXPECT_EQ(channelOrder({2, 1, 3}, orders[0]), (StreamOrder{0, 1}));
}

}  // namespace
}  // namespace a2q::rtl_test
