// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>

#include "core/base/error.h"
#include "core/base/version.h"
#include "tests/cli/run_program.h"

namespace a2q::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

ProgramResult a2qWith(std::vector<std::string> words) {
  words.insert(words.begin(), A2Q_BINARY);
  return runProgram(std::move(words));
}

TEST(Program, Version) {
  const ProgramResult result = a2qWith({"--version"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_EQ(result.out, "a2q " + std::string(version()) + "\n");
  EXPECT_THAT(result.err, IsEmpty());
}

TEST(Program, HelpNamesEveryCommand) {
  for (const char* const flag : {"--help", "-h"}) {
    const ProgramResult result = a2qWith({flag});
    EXPECT_EQ(result.exit_code, 0);
    EXPECT_THAT(result.out,
                AllOf(StartsWith("Usage: a2q"), HasSubstr("\n  bounds "), HasSubstr("\n  errors "),
                      HasSubstr("\n  completions "), HasSubstr("\n  man ")));
    EXPECT_THAT(result.err, IsEmpty());
  }
}

TEST(Program, HelpOfACommandWorksBesideOtherOptions) {
  const ProgramResult result = a2qWith({"bounds", "--k", "nonsense", "--help"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_THAT(result.out, AllOf(StartsWith("Usage: a2q bounds --k K --weights M --inputs N"),
                                HasSubstr("--accumulator P"), HasSubstr("2 to 126")));
}

TEST(Program, NothingToDoIsWrongUsage) {
  for (const auto& words : {std::vector<std::string>{}, {""}}) {
    const ProgramResult result = a2qWith(words);
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_THAT(result.out, IsEmpty());
    EXPECT_THAT(result.err, AllOf(StartsWith("A2Q-0001: "), HasSubstr("a2q --help")));
  }
}

TEST(Program, UnknownWordsGetASuggestion) {
  const ProgramResult command = a2qWith({"boudns"});
  EXPECT_EQ(command.exit_code, 2);
  EXPECT_THAT(command.err, HasSubstr("did you mean 'bounds'?"));
  const ProgramResult flag = a2qWith({"--verison"});
  EXPECT_EQ(flag.exit_code, 2);
  EXPECT_THAT(flag.err, HasSubstr("did you mean '--version'?"));
  const ProgramResult option = a2qWith({"bounds", "--wieghts=4"});
  EXPECT_EQ(option.exit_code, 2);
  EXPECT_THAT(option.err, HasSubstr("did you mean '--weights'?"));
  const ProgramResult far = a2qWith({"xylophone"});
  EXPECT_EQ(far.exit_code, 2);
  EXPECT_THAT(far.err, Not(HasSubstr("did you mean")));
}

TEST(Program, TheRemedyNamesTheCommand) {
  const ProgramResult result = a2qWith({"eval", "/nowhere", "--float", "--integer"});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, AllOf(HasSubstr("See 'a2q eval --help'."), Not(HasSubstr("<command>"))));
}

TEST(Program, FullDiskIsAnError) {
  const ProgramResult result =
      runProgram({"sh", "-c", "exec \"$0\" errors > /dev/full", A2Q_BINARY});
  EXPECT_EQ(result.exit_code, 7);
  EXPECT_THAT(result.err, StartsWith("A2Q-0702: "));
}

TEST(RunProgram, CapturesBothOutputsAndTheExitCode) {
  const ProgramResult result = runProgram({"sh", "-c", "echo out; echo err >&2; exit 41"});
  EXPECT_EQ(result.exit_code, 41);
  EXPECT_EQ(result.out, "out\n");
  EXPECT_EQ(result.err, "err\n");
}

TEST(RunProgram, TakesMoreThanAPipeHolds) {
  const ProgramResult result =
      runProgram({"sh", "-c", "head -c 300000 /dev/zero >&2; head -c 300000 /dev/zero"});
  EXPECT_EQ(result.out.size(), 300000U);
  EXPECT_EQ(result.err.size(), 300000U);
}

TEST(RunProgram, SetsEnvironmentAndFolder) {
  const ProgramResult result = runProgram({"sh", "-c", "echo $A2Q_TEST_VALUE; pwd"},
                                          {.environment = {"A2Q_TEST_VALUE=7"}, .folder = "/"});
  EXPECT_EQ(result.out, "7\n/\n");
}

TEST(RunProgram, WaitsForTextAndSendsSignals) {
  RunningProgram program({"sh", "-c",
                          "trap 'echo bye; exit 130' INT; echo ready; "
                          "while :; do sleep 0.02; done"});
  ASSERT_TRUE(program.waitFor("ready"));
  program.sendSignal(SIGINT);
  const ProgramResult result = program.finish();
  EXPECT_EQ(result.exit_code, 130);
  EXPECT_EQ(result.out, "ready\nbye\n");
}

TEST(RunProgram, KillsAtTheLimit) {
  const ProgramResult result = runProgram({"sleep", "600"}, {.limit = std::chrono::seconds(0)});
  EXPECT_TRUE(result.timed_out);
  EXPECT_EQ(result.exit_code, 128 + SIGKILL);
}

TEST(RunProgram, MissingProgramThrows) {
  EXPECT_THROW((void)runProgram({"/no/such/program"}), std::runtime_error);
}

}  // namespace
}  // namespace a2q::testing
