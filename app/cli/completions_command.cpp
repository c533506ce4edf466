// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/completions.h"
#include "app/cli/output.h"

namespace a2q::cli {
namespace {

Result<ExitCode> run(const Arguments& arguments) {
  const std::string shell = arguments.text("shell").value_or("");
  if (shell == "bash") printResult(bashCompletions(commands()));
  if (shell == "zsh") printResult(zshCompletions(commands()));
  if (shell == "fish") printResult(fishCompletions(commands()));
  return ExitCode::kOk;
}

}  // namespace

Command completionsCommand() {
  return {.name = "completions",
          .summary = "A completion script for a shell",
          .long_help = "For this session of bash: source <(a2q completions bash)",
          .positionals = {{.name = "shell",
                           .help = "Shell the script is for",
                           .choices = {"bash", "zsh", "fish"}}},
          .run = run};
}

}  // namespace a2q::cli
