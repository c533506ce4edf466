// SPDX-License-Identifier: GPL-3.0-or-later
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/cli/commands.h"
#include "app/cli/help.h"
#include "app/cli/output.h"
#include "app/cli/parse.h"
#include "core/base/version.h"

namespace {

using a2q::ErrorCode;
using a2q::ExitCode;
using a2q::Result;
using namespace a2q::cli;

Result<ExitCode> refuse(const std::string& word) {
  const bool is_option = word.starts_with('-');
  std::vector<std::string_view> known = {"--help", "--version"};
  if (!is_option) known.clear();
  for (const Command& command : commands()) known.push_back(command.name);
  return a2q::fail(ErrorCode::kUsage,
                   fmt::format("unknown {} '{}'", is_option ? "option" : "command", word),
                   didYouMean(word, known), "See 'a2q --help'.");
}

/// The table's remedy of wrong usage does not know which command it was.
Result<ExitCode> named(Result<ExitCode> result, const Command& command) {
  constexpr std::string_view kPlace = "<command>";
  if (result) return result;
  a2q::Error error = std::move(result).error();
  if (const auto at = error.remedy.find(kPlace); at != std::string::npos)
    error.remedy.replace(at, kPlace.size(), command.name);
  return tl::make_unexpected(std::move(error));
}

Result<ExitCode> runCommand(const Command& command, std::vector<std::string> words) {
  Result<Arguments> arguments = parseArguments(command, std::move(words));
  if (!arguments) return forward(std::move(arguments));
  if (arguments->has("help")) {
    printResult(commandHelp(command));
    return ExitCode::kOk;
  }
  return named(command.run(*arguments), command);
}

Result<ExitCode> runWords(std::vector<std::string> words) {
  if (words.empty()) {
    return a2q::fail(ErrorCode::kUsage, "no command given", {}, "See 'a2q --help'.");
  }
  const std::string first = words.front();
  if (first == "--version") {
    printResult(fmt::format("a2q {}\n", a2q::version()));
    return ExitCode::kOk;
  }
  if (first == "--help" || first == "-h") {
    printResult(programHelp(commands()));
    return ExitCode::kOk;
  }
  const Command* const command = findCommand(first);
  if (command == nullptr) return refuse(first);
  words.erase(words.begin());
  return runCommand(*command, std::move(words));
}

/// A full disk or a closed pipe must not pass for success.
Result<ExitCode> flushed(Result<ExitCode> result) {
  const bool written = std::fflush(stdout) == 0 && std::ferror(stdout) == 0;
  if (written || !result) return result;
  return a2q::fail(ErrorCode::kWriteFailed, "the result could not be written to standard output",
                   {}, "Check the free space of the place it was sent to.");
}

/// A closed standard descriptor would be given to the next file that is opened, and results or
/// messages would land in it. This stands in, for reading only, so that writing still fails.
void occupyStandardDescriptors() {
  for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (::fcntl(descriptor, F_GETFD) < 0) (void)::open("/dev/null", O_RDONLY);
  }
}

int report(const a2q::Error& error) {
  printDiagnostic(a2q::describe(error) + "\n");
  return static_cast<int>(a2q::errorInfo(error.code).exit_code);
}

int reportBug(const char* what) {
  return report(a2q::makeError(ErrorCode::kInternal, "unexpected failure", what));
}

}  // namespace

int main(int argc, char** argv) {
  occupyStandardDescriptors();
  try {
    const Result<ExitCode> result = flushed(runWords({argv + std::min(argc, 1), argv + argc}));
    return result ? static_cast<int>(*result) : report(result.error());
  } catch (const std::exception& problem) {
    return reportBug(problem.what());
  } catch (...) {
    return reportBug("an exception of unknown type");
  }
}
