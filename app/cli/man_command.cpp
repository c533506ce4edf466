// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "app/cli/commands.h"
#include "app/cli/help.h"
#include "app/cli/output.h"
#include "core/base/version.h"

namespace a2q::cli {
namespace {

/// Text as roff takes it literally: backslash and hyphen escaped, no line that looks like a
/// request.
std::string roff(std::string_view text) {
  std::string out;
  bool line_start = true;
  for (const char letter : text) {
    if (line_start && (letter == '.' || letter == '\'')) out += "\\&";
    line_start = letter == '\n';
    if (letter == '\\') {
      out += "\\e";
    } else if (letter == '-') {
      out += "\\-";
    } else {
      out += letter;
    }
  }
  return out;
}

std::string item(std::string_view tag, std::string_view text) {
  return fmt::format(".TP\n.B {}\n{}.\n", roff(tag), roff(text));
}

std::string paragraphs(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t gap = text.find("\n\n");
    out += ".PP\n" + roff(text.substr(0, gap)) + "\n";
    text.remove_prefix(gap == std::string_view::npos ? text.size() : gap + 2);
  }
  return out;
}

std::string section(const Command& command) {
  std::string out = fmt::format(".SS {}\n.B {}\n.PP\n{}.\n", roff(command.name),
                                roff(synopsis(command)), roff(command.summary));
  out += paragraphs(command.long_help);
  for (const Positional& positional : command.positionals) {
    out += item(placeholder(positional), positional.help);
  }
  for (const Option& option : command.options) {
    out += item(heading(option), std::string(option.help) + remarks(option));
  }
  return out;
}

std::string exitStatus() {
  std::string out = ".SH EXIT STATUS\n";
  out += item("0", "The command did what it was asked");
  out += item("1", "A check failed: an overflow is possible, or two results differ");
  out += item("2", "Wrong usage");
  out += item("3", "A file is bad or newer than the program");
  out += item("4", "An external tool is missing or failed");
  out += item("5", "A board failed");
  out += item("6", "Training failed");
  out += item("7", "Reading or writing failed");
  out += item("70", "A bug of the program");
  return out + item("130, 143", "Interrupted or terminated, after a clean checkpoint");
}

Result<ExitCode> run(const Arguments&) {
  std::string page = fmt::format(".TH A2Q 1 \"\" \"a2q {}\"\n", version());
  page += ".SH NAME\na2q \\- train and certify networks for low\\-precision accumulators\n";
  page += ".SH SYNOPSIS\n.B a2q\n.I command\n[options]\n.SH COMMANDS\n";
  for (const Command& command : commands()) page += section(command);
  page += ".SH OPTIONS OF EVERY COMMAND\n" + item(heading(helpOption()), helpOption().help);
  printResult(page + exitStatus());
  return ExitCode::kOk;
}

}  // namespace

Command manCommand() {
  return {.name = "man",
          .summary = "The manual page, as roff",
          .long_help = "To read it: a2q man | man -l -",
          .run = run};
}

}  // namespace a2q::cli
