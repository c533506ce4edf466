// SPDX-License-Identifier: GPL-3.0-or-later
// A training into a project, watched by another process.
#include <gmock/gmock.h>

#include <csignal>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/cli/train_program.h"

namespace a2q::testing {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::StartsWith;

std::vector<json> linesOf(const std::string& text) {
  std::vector<json> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    lines.push_back(json::parse(line, nullptr, false));
    EXPECT_FALSE(lines.back().is_discarded()) << line;
  }
  return lines;
}

class WatchCommand : public ::testing::Test {
 protected:
  WatchCommand() { EXPECT_EQ(a2q({"new", kProject}).finish().exit_code, 0); }

  [[nodiscard]] RunningProgram a2q(std::vector<std::string> words) const {
    return RunningProgram(std::vector<std::string>{A2Q_BINARY} + words,
                          {.folder = program_.path("."), .limit = std::chrono::seconds(300)});
  }
  /// A training that would go on for hours.
  [[nodiscard]] RunningProgram trainLong() const {
    return program_.start({kProject, "--quiet", "--epochs", "100000", "--set",
                           "data.train_samples=600", "--set", "data.test_samples=200"});
  }

  static constexpr const char* kProject = "größe 1.a2q";
  TrainProgram program_;
};

TEST_F(WatchCommand, TellsWhatIsTrainedWhileItIsTrainedAndHowItEnds) {
  RunningProgram watcher = a2q({"watch", kProject, "--wait", "--json"});
  RunningProgram trainer = trainLong();
  ASSERT_TRUE(watcher.waitFor(R"("event":"epoch","phase":"main","epoch":2,)"));
  const ProgramResult once = a2q({"watch", kProject, "--once", "--json"}).finish();
  ASSERT_EQ(once.exit_code, 0) << once.err;
  const json state = json::parse(once.out);
  EXPECT_EQ(state["schema"], "a2q-watch-1");
  EXPECT_EQ(state["run"], "run-1");
  EXPECT_THAT(std::string(state["trained_by"]), StartsWith("a2q train, process "));
  EXPECT_GE(state["epoch"]["epoch"], 2);
  ASSERT_EQ(state["layers"].size(), 4U);
  EXPECT_EQ(state["layers"][1]["l1_budget"], 2047);
  EXPECT_LE(state["layers"][1]["largest_l1"], 2047);
  EXPECT_THAT(a2q({"watch", kProject, "--once"}).finish().out, HasSubstr("conv2        32"));
  trainer.sendSignal(SIGINT);
  EXPECT_EQ(trainer.finish().exit_code, 130);
  const ProgramResult watched = watcher.finish();
  EXPECT_EQ(watched.exit_code, 0) << watched.err;
  const auto lines = linesOf(watched.out);
  EXPECT_EQ(lines.front()["schema"], "a2q-events-1");
  EXPECT_EQ(lines.back()["event"], "end");
  EXPECT_EQ(lines.back()["state"], "stopped");
  EXPECT_EQ(lines.back()["run"]["name"], "run-1");
  std::int64_t step = 0;
  std::int64_t epoch = 0;
  for (const json& line : lines) {
    if (line["event"] == "step") {
      EXPECT_EQ(line["step"], ++step);
      EXPECT_EQ(line["epoch"], epoch + 1);
    }
    if (line["event"] == "epoch") {
      EXPECT_EQ(line["epoch"], ++epoch);
    }
  }
  EXPECT_EQ(lines.back()["run"]["epochs"], epoch);
  EXPECT_FALSE(fs::exists(program_.path(std::string(kProject) + ".live")));
}

TEST_F(WatchCommand, AKilledTrainingIsInterrupted) {
  RunningProgram trainer = trainLong();
  RunningProgram watcher = a2q({"watch", kProject, "--wait"});
  ASSERT_TRUE(watcher.waitFor("epoch 2: loss"));
  trainer.sendSignal(SIGKILL);
  EXPECT_EQ(trainer.finish().exit_code, 128 + SIGKILL);
  const ProgramResult watched = watcher.finish();
  EXPECT_EQ(watched.exit_code, 0) << watched.err;
  EXPECT_THAT(watched.out, StartsWith("run-1 of größe 1.a2q: interrupted after "));
  EXPECT_THAT(watched.out, HasSubstr("a2q resume 'größe 1.a2q' --run run-1"));
  // What the killed training left behind is not watched, and the next one replaces it.
  EXPECT_EQ(a2q({"watch", kProject}).finish().exit_code, 7);
  RunningProgram resumed = a2q({"resume", kProject, "--quiet"});
  RunningProgram again = a2q({"watch", kProject, "--wait"});
  ASSERT_TRUE(again.waitFor(": loss"));
  resumed.sendSignal(SIGTERM);
  EXPECT_EQ(resumed.finish().exit_code, 143);
  EXPECT_THAT(again.finish().out, StartsWith("run-1 of größe 1.a2q: stopped after "));
}

TEST_F(WatchCommand, AnInterruptEndsTheWatchingOnly) {
  RunningProgram waiting = a2q({"watch", kProject, "--wait"});
  usleep(300'000);  // it installs its handlers first of all
  waiting.sendSignal(SIGTERM);
  EXPECT_EQ(waiting.finish().exit_code, 143);
  RunningProgram trainer = trainLong();
  RunningProgram watcher = a2q({"watch", kProject, "--wait"});
  ASSERT_TRUE(watcher.waitFor("epoch 1: loss"));
  watcher.sendSignal(SIGINT);
  EXPECT_EQ(watcher.finish().exit_code, 130);
  EXPECT_EQ(a2q({"watch", kProject, "--once"}).finish().exit_code, 0);
  trainer.sendSignal(SIGINT);
  EXPECT_EQ(trainer.finish().exit_code, 130);
}

TEST_F(WatchCommand, WhereNobodyTrainsItSaysSo) {
  const ProgramResult idle = a2q({"watch", kProject}).finish();
  EXPECT_EQ(idle.exit_code, 7);
  EXPECT_TRUE(idle.out.empty());
  EXPECT_THAT(idle.err, HasSubstr("nobody trains into the project"));
  EXPECT_THAT(idle.err, HasSubstr("a2q watch --wait"));
  EXPECT_EQ(a2q({"watch", "nowhere.a2q", "--wait"}).finish().exit_code, 7);
  program_.write("x.a2q", "no project");
  EXPECT_EQ(a2q({"watch", "x.a2q", "--wait"}).finish().exit_code, 3);
}

TEST_F(WatchCommand, WatchingLeavesTheResultAsItIs) {
  const std::vector<std::string> settings = {"--quiet",
                                             "--epochs",
                                             "3",
                                             "--set",
                                             "data.train_samples=600",
                                             "--set",
                                             "data.test_samples=200"};
  RunningProgram watcher = a2q({"watch", kProject, "--wait", "--json"});
  const ProgramResult trained = program_.run(settings + std::vector<std::string>{kProject});
  ASSERT_EQ(trained.exit_code, 0) << trained.err;
  EXPECT_EQ(linesOf(watcher.finish().out).back()["state"], "finished");
  ASSERT_EQ(program_.run(settings + std::vector<std::string>{"-o", "out"}).exit_code, 0);
  ASSERT_EQ(a2q({"export", "out", "-o", "a.npz"}).finish().exit_code, 0);
  ASSERT_EQ(a2q({"export", kProject, "-o", "b.npz"}).finish().exit_code, 0);
  EXPECT_EQ(program_.read("a.npz"), program_.read("b.npz"));
}

}  // namespace
}  // namespace a2q::testing
