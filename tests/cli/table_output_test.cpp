// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "tests/cli/run_program.h"

namespace a2q::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

TEST(ErrorsCommand, JsonIsTheWholeTable) {
  const ProgramResult result = runProgram({A2Q_BINARY, "errors", "--json"});
  ASSERT_EQ(result.exit_code, 0);
  const auto document = nlohmann::json::parse(result.out);
  EXPECT_EQ(document.at("schema"), "a2q-errors-1");
  const auto& rows = document.at("errors");
  ASSERT_EQ(rows.size(), errorTable().size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const ErrorInfo& info = errorTable()[i];
    EXPECT_EQ(rows[i].at("number"), info.number);
    EXPECT_EQ(rows[i].at("title"), info.title);
    EXPECT_EQ(rows[i].at("exit_code"), static_cast<int>(info.exit_code));
    EXPECT_EQ(rows[i].at("remedy"), info.remedy);
  }
}

TEST(ErrorsCommand, TextNamesEveryCode) {
  const ProgramResult result = runProgram({A2Q_BINARY, "errors"});
  ASSERT_EQ(result.exit_code, 0);
  for (const ErrorInfo& info : errorTable()) {
    EXPECT_THAT(result.out, HasSubstr(std::string(info.title)));
    EXPECT_THAT(result.out, HasSubstr(std::string(info.remedy)));
  }
  EXPECT_THAT(result.out, StartsWith("A2Q-0001  exit 2 "));
}

TEST(CompletionsCommand, EveryShellKnowsEveryCommandAndOption) {
  for (const char* const shell : {"bash", "zsh", "fish"}) {
    const ProgramResult result = runProgram({A2Q_BINARY, "completions", shell});
    EXPECT_EQ(result.exit_code, 0);
    EXPECT_THAT(result.out, AllOf(HasSubstr("bounds"), HasSubstr("errors"), HasSubstr("weights"),
                                  HasSubstr("accumulator"), HasSubstr("help")))
        << shell;
  }
}

TEST(CompletionsCommand, BashScriptCompletesOptions) {
  const ProgramResult result = runProgram(
      {"bash", "-c",
       "source <(\"$0\" completions bash) && COMP_WORDS=(a2q bounds --we) && COMP_CWORD=2 && "
       "_a2q && echo \"${COMPREPLY[@]}\"",
       A2Q_BINARY});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(result.out, "--weights\n");
}

TEST(CompletionsCommand, AnotherShellIsRefused) {
  const ProgramResult result = runProgram({A2Q_BINARY, "completions", "bahs"});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, AllOf(HasSubstr("did you mean 'bash'?"), HasSubstr("bash, zsh, fish")));
  EXPECT_EQ(runProgram({A2Q_BINARY, "completions"}).exit_code, 2);
}

TEST(ManCommand, IsARoffPageWithEveryCommand) {
  const ProgramResult result = runProgram({A2Q_BINARY, "man"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_THAT(result.out,
              AllOf(StartsWith(".TH A2Q 1"), HasSubstr(".SS bounds\n"), HasSubstr(".SS errors\n"),
                    HasSubstr(".SH EXIT STATUS\n"), HasSubstr("\\-\\-weights M")));
}

}  // namespace
}  // namespace a2q::testing
