// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/flow/child_process.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "hw_backend/flow/work_folder.h"
#include "tests/hw_backend/flow/test_tools.h"

namespace a2q {
namespace {

using flow_test::eventually;
using flow_test::numberIn;
using flow_test::runs;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class ChildProcess : public ::testing::Test {
 protected:
  void SetUp() override {
    auto made = WorkFolder::make();
    ASSERT_TRUE(made.has_value());
    folder_.emplace(std::move(*made));
  }

  [[nodiscard]] ChildCommand shell(const std::string& script) const {
    ChildCommand command;
    command.program = "/bin/sh";
    command.words = {"-c", script};
    command.folder = folder_->path();
    command.log = folder_->path() / "log";
    command.grace = std::chrono::milliseconds(200);
    return command;
  }

  [[nodiscard]] int number(const char* file) const { return numberIn(folder_->path() / file); }

  std::optional<WorkFolder> folder_;
};

TEST_F(ChildProcess, GathersBothOutputsAndTheCode) {
  const auto ran = runChild(shell("echo one; echo two >&2; pwd; exit 3"), {});
  ASSERT_TRUE(ran.has_value());
  EXPECT_EQ(ran->end, ChildEnd::kExited);
  EXPECT_EQ(ran->code, 3);
  EXPECT_FALSE(ran->good());
  EXPECT_EQ(ran->tail, "one\ntwo\n" + folder_->path().string());
  EXPECT_EQ(flow_test::contentOf(folder_->path() / "log"), ran->tail + "\n");
}

TEST_F(ChildProcess, KeepsTheLastFortyLinesAndLogsAll) {
  const auto ran = runChild(shell("seq 1 20000"), {});
  ASSERT_TRUE(ran.has_value());
  EXPECT_TRUE(ran->good());
  EXPECT_THAT(ran->tail, StartsWith("19961\n"));
  EXPECT_THAT(ran->tail, EndsWith("\n20000"));
  EXPECT_THAT(flow_test::contentOf(folder_->path() / "log"), StartsWith("1\n2\n3\n"));
}

TEST_F(ChildProcess, TellsOfASignal) {
  const auto ran = runChild(shell("kill -SEGV $$"), {});
  ASSERT_TRUE(ran.has_value());
  EXPECT_EQ(ran->end, ChildEnd::kSignal);
  EXPECT_EQ(ran->code, SIGSEGV);
  EXPECT_THAT(toolFailure("tool", *ran).message, HasSubstr("killed by signal 11"));
}

TEST_F(ChildProcess, LeavesNothingBehindWhenItEnds) {
  const auto ran = runChild(shell("sleep 300 & echo $! > left"), {});
  ASSERT_TRUE(ran.has_value());
  ASSERT_GT(number("left"), 0);
  EXPECT_TRUE(eventually([&] { return !runs(number("left")); }));
}

TEST_F(ChildProcess, StopsWhatDoesNotWantToEnd) {
  std::stop_source source;
  std::jthread stopper([&] {
    EXPECT_TRUE(eventually([&] { return number("second") > 0; }));
    source.request_stop();
  });
  const auto ran = runChild(
      shell("trap '' TERM; echo $$ > first; sh -c 'trap \"\" TERM; echo $$ > second; while :; do "
            "sleep 1; done' & while :; do sleep 1; done"),
      source.get_token());
  ASSERT_TRUE(ran.has_value());
  EXPECT_EQ(ran->end, ChildEnd::kStopped);
  EXPECT_TRUE(eventually([&] { return !runs(number("first")) && !runs(number("second")); }));
}

TEST_F(ChildProcess, AsksBeforeItKills) {
  std::stop_source source;
  std::jthread stopper([&] {
    EXPECT_TRUE(eventually([&] { return number("ready") > 0; }));
    source.request_stop();
  });
  auto command = shell(
      "trap 'echo 1 > asked; exit 0' TERM; echo 1 > ready; while :; do sleep 0.05; "
      "done");
  command.grace = std::chrono::seconds(60);
  const auto ran = runChild(command, source.get_token());
  ASSERT_TRUE(ran.has_value());
  EXPECT_EQ(ran->end, ChildEnd::kStopped);
  EXPECT_LT(ran->seconds, 30);
  EXPECT_EQ(number("asked"), 1);
}

TEST_F(ChildProcess, IsKilledAtItsLimitWithAllThatItStarted) {
  auto command = shell("trap '' TERM; sleep 300 & echo $! > second; echo here; sleep 300");
  command.limit = std::chrono::milliseconds(500);
  const auto ran = runChild(command, {});
  ASSERT_TRUE(ran.has_value());
  EXPECT_EQ(ran->end, ChildEnd::kLate);
  EXPECT_FALSE(ran->good());
  EXPECT_LT(ran->seconds, 30);
  EXPECT_THAT(toolFailure("tool", *ran).message, HasSubstr("did not end within"));
  EXPECT_THAT(toolFailure("tool", *ran).cause, HasSubstr("here"));
  EXPECT_TRUE(eventually([&] { return !runs(number("second")); }));
}

TEST_F(ChildProcess, DiesWithItsParent) {
  const pid_t parent = ::fork();
  ASSERT_GE(parent, 0);
  if (parent == 0) {
    static_cast<void>(
        runChild(shell("sh -c 'echo $$ > second; sleep 300' & echo $$ > first; sleep 300"), {}));
    ::_exit(0);
  }
  ASSERT_TRUE(eventually([&] { return number("first") > 0 && number("second") > 0; }));
  EXPECT_TRUE(runs(number("first")));
  ::kill(parent, SIGKILL);
  int status = 0;
  EXPECT_EQ(::waitpid(parent, &status, 0), parent);
  EXPECT_TRUE(eventually([&] { return !runs(number("first")) && !runs(number("second")); }));
}

TEST_F(ChildProcess, RefusesWhatIsNoProgram) {
  auto command = shell("");
  command.program = "/nowhere/tool";
  const auto ran = runChild(command, {});
  ASSERT_FALSE(ran.has_value());
  EXPECT_EQ(ran.error().code, ErrorCode::kToolFailed);
  EXPECT_THAT(ran.error().message, HasSubstr("/nowhere/tool"));
}

}  // namespace
}  // namespace a2q
