// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <nlohmann/json.hpp>

#include "tests/cli/train_program.h"

namespace a2q::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;

/// A training that would go on for hours, caught after its first epoch.
class TrainSignals : public ::testing::Test {
 protected:
  [[nodiscard]] RunningProgram longRun() const {
    return program_.start({"--epochs", "100000", "--set", "data.train_samples=600", "--set",
                           "data.test_samples=200", "-o", "out"});
  }

  TrainProgram program_;
};

class CleanStop : public TrainSignals, public ::testing::WithParamInterface<std::pair<int, int>> {};

TEST_P(CleanStop, WritesTheResultsAndTellsTheSignal) {
  RunningProgram program = longRun();
  ASSERT_TRUE(program.waitFor("epoch 1: "));
  program.sendSignal(GetParam().first);
  const ProgramResult result = program.finish();
  EXPECT_EQ(result.exit_code, GetParam().second);
  EXPECT_FALSE(result.timed_out);
  EXPECT_THAT(result.out,
              AllOf(HasSubstr("Not finished: stopped on request"), HasSubstr("of 100000"),
                    HasSubstr("Certified"), HasSubstr("Results: out")));
  const auto metrics = nlohmann::json::parse(program_.read("out/metrics.json"));
  EXPECT_EQ(metrics.at("state"), "stopped");
  EXPECT_GE(metrics.at("epochs").size(), 1U);
  EXPECT_TRUE(fs::exists(program_.path("out/weights.safetensors")));
}

INSTANTIATE_TEST_SUITE_P(Signals, CleanStop,
                         ::testing::Values(std::pair(SIGINT, 130), std::pair(SIGTERM, 143)));

// A batch that takes long keeps the first signal waiting; the second must not wait for it.
TEST_F(TrainSignals, SecondInterruptEndsAtOnce) {
  RunningProgram program = program_.start(
      {"--epochs", "1000", "--threads", "1", "-o", "out", "--set", "training.batch_size=6000",
       "--set", "layer.conv1.kernel=27", "--set", "layer.conv1.padding=13"});
  const auto made = [&] { return fs::exists(program_.path("out")); };
  for (int i = 0; i < 3000 && !made(); ++i) usleep(10'000);
  ASSERT_TRUE(made());
  usleep(1'500'000);  // well inside the first batch
  program.sendSignal(SIGINT);
  usleep(300'000);  // two signals at once would be seen as one
  program.sendSignal(SIGINT);
  const ProgramResult result = program.finish();
  EXPECT_EQ(result.exit_code, 130);
  EXPECT_FALSE(fs::exists(program_.path("out/weights.safetensors"))) << "it ended before the end";
}

// nohup and '&' in a script start programs with signals ignored, and mean it.
TEST_F(TrainSignals, AnIgnoredInterruptStaysIgnored) {
  RunningProgram program(
      {"sh", "-c", "trap '' INT; exec \"$0\" train --epochs 4 -o out --set data.train_samples=600",
       A2Q_BINARY},
      {.folder = program_.path("")});
  ASSERT_TRUE(program.waitFor("epoch 1: "));
  program.sendSignal(SIGINT);
  EXPECT_EQ(program.finish().exit_code, 0);
}

}  // namespace
}  // namespace a2q::testing
