// SPDX-License-Identifier: GPL-3.0-or-later
// `a2q recover` after another program was killed with unsaved work.
#include <gmock/gmock.h>
#include <signal.h>

#include <nlohmann/json.hpp>

#include "tests/cli/train_program.h"

namespace a2q::testing {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::Not;

class RecoverCommand : public ::testing::Test {
 protected:
  [[nodiscard]] RunOptions options() const {
    return {.environment = {"XDG_STATE_HOME=" + program_.path("state").string()},
            .folder = program_.path(".")};
  }
  [[nodiscard]] ProgramResult a2q(const std::vector<std::string>& words) const {
    return runProgram(std::vector<std::string>{A2Q_BINARY} + words, options());
  }
  [[nodiscard]] json document(std::vector<std::string> words, int exit_code = 0) const {
    words.emplace_back("--json");
    const ProgramResult result = a2q(words);
    EXPECT_EQ(result.exit_code, exit_code) << result.err;
    return json::parse(result.out, nullptr, false);
  }
  void SetUp() override { ASSERT_EQ(a2q({"new", "größe 1.a2q"}).exit_code, 0); }
  void loseWork(const std::string& project = "größe 1.a2q") const {
    RunningProgram program({A2Q_RECOVERY_PROGRAM, project, "1000"}, options());
    ASSERT_TRUE(program.waitFor("kept"));
    program.sendSignal(SIGKILL);
    ASSERT_EQ(program.finish().exit_code, 128 + SIGKILL);
  }
  [[nodiscard]] std::size_t runCount(const std::string& project) const {
    return document({"runs", project})["runs"].size();
  }

  TrainProgram program_;
};

TEST_F(RecoverCommand, ListsNothingAndSaysSo) {
  EXPECT_THAT(a2q({"recover"}).out, HasSubstr("No unsaved work"));
  EXPECT_TRUE(document({"recover"})["entries"].empty());
  const ProgramResult nothing = a2q({"recover", "größe 1.a2q", "--restore"});
  EXPECT_EQ(nothing.exit_code, 2);
  EXPECT_THAT(nothing.err, HasSubstr("no unsaved work"));
}

TEST_F(RecoverCommand, ListsAndShowsTheDifference) {
  loseWork();
  const json list = document({"recover", "größe 1.a2q"});
  ASSERT_EQ(list["entries"].size(), 1U);
  EXPECT_EQ(list["schema"], "a2q-recover-1");
  EXPECT_EQ(list["entries"][0]["project_changed"], false);
  EXPECT_THAT(a2q({"recover"}).out, HasSubstr("größe 1.a2q"));
  const json diff = document({"recover", "größe 1.a2q", "--diff"}, 1);
  EXPECT_EQ(diff["schema"], "a2q-diff-1");
  EXPECT_FALSE(diff["differences"].empty());
}

TEST_F(RecoverCommand, OtherCommandsPointToIt) {
  const std::string hint = "`a2q recover 'größe 1.a2q' --diff`";
  EXPECT_THAT(a2q({"info", "größe 1.a2q"}).err, Not(HasSubstr("recover")));
  loseWork();
  EXPECT_THAT(a2q({"info", "größe 1.a2q"}).err, HasSubstr(hint));
  EXPECT_THAT(a2q({"runs", "größe 1.a2q"}).err, HasSubstr(hint));
  EXPECT_THAT(a2q({"train", "größe 1.a2q", "--print-config"}).err, HasSubstr(hint));
}

TEST_F(RecoverCommand, RestoresAndKeepsThePresentFile) {
  loseWork();
  const std::string old = program_.read("größe 1.a2q");
  const json done = document({"recover", "größe 1.a2q", "--restore"});
  EXPECT_EQ(done["done"], "restored");
  EXPECT_EQ(runCount("größe 1.a2q"), 1U);
  EXPECT_EQ(program_.read("größe 1.a2q.before"), old);
  EXPECT_TRUE(document({"recover"})["entries"].empty());
}

TEST_F(RecoverCommand, WritesACopyAndRefusesToReplace) {
  loseWork();
  EXPECT_EQ(a2q({"recover", "--to", "größe 1.a2q"}).exit_code, 7);
  EXPECT_EQ(runCount("größe 1.a2q"), 0U);
  EXPECT_EQ(a2q({"recover", "--to", "copy.a2q"}).exit_code, 0);
  EXPECT_EQ(runCount("copy.a2q"), 1U);
  EXPECT_EQ(document({"recover"})["entries"].size(), 1U) << "only --discard removes it";
}

TEST_F(RecoverCommand, SeveralAreChosenByNumber) {
  loseWork();
  loseWork();
  loseWork("-");
  EXPECT_EQ(document({"recover"})["entries"].size(), 3U);
  const ProgramResult which = a2q({"recover", "größe 1.a2q", "--discard"});
  EXPECT_EQ(which.exit_code, 2);
  EXPECT_THAT(which.err, HasSubstr("--entry"));
  EXPECT_EQ(a2q({"recover", "größe 1.a2q", "--discard", "--entry", "3"}).exit_code, 2);
  EXPECT_EQ(a2q({"recover", "größe 1.a2q", "--discard", "--entry", "2"}).exit_code, 0);
  EXPECT_EQ(document({"recover", "größe 1.a2q"})["entries"].size(), 1U);
  EXPECT_EQ(a2q({"recover", "--diff", "--restore"}).exit_code, 2);
}

}  // namespace
}  // namespace a2q::testing
