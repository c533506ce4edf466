// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/help.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <limits>

namespace a2q::cli {
namespace {

constexpr std::size_t kColumns = 80;
constexpr std::size_t kHelpColumn = 26;

std::string row(std::string_view left, std::string_view right) {
  std::string out = fmt::format("  {}", left);
  if (out.size() + 2 > kHelpColumn) {
    out += '\n';
    out.append(kHelpColumn, ' ');
  } else {
    out.resize(kHelpColumn, ' ');
  }
  return out + wrap(right, kHelpColumn) + "\n";
}

std::string optionRow(const Option& option) {
  return row(heading(option), std::string(option.help) + remarks(option));
}

std::vector<std::string_view> groupsOf(const Command& command) {
  std::vector<std::string_view> groups;
  for (const Option& option : command.options) {
    const bool known = std::find(groups.begin(), groups.end(), option.group) != groups.end();
    if (!known) groups.push_back(option.group);
  }
  const std::string_view last = helpOption().group;
  if (std::find(groups.begin(), groups.end(), last) == groups.end()) groups.push_back(last);
  return groups;
}

std::string groupHelp(const Command& command, std::string_view group) {
  std::string out = fmt::format("\n{}:\n", group);
  for (const Option& option : command.options) {
    if (option.group == group) out += optionRow(option);
  }
  if (group == helpOption().group) out += optionRow(helpOption());
  return out;
}

}  // namespace

std::string wrap(std::string_view text, std::size_t indent) {
  std::string out;
  std::string line_break(indent + 1, ' ');
  line_break.front() = '\n';
  std::size_t column = indent;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find_first_of(" \n", at), text.size());
    const std::string_view word = text.substr(at, end - at);
    if (column > indent && column + 1 + word.size() > kColumns) {
      out += line_break;
      column = indent;
    } else if (column > indent) {
      out += ' ';
      ++column;
    }
    out += word;
    column += word.size();
    if (end < text.size() && text[end] == '\n') {
      out += line_break;
      column = indent;
    }
    at = end + 1;
  }
  return out;
}

std::string programHelp(const std::vector<Command>& commands) {
  std::string out =
      "Usage: a2q <command> [options]\n\n"
      "Trains and certifies quantized networks for low-precision accumulators.\n\nCommands:\n";
  for (const Command& command : commands) out += row(command.name, command.summary);
  out += "\nOptions:\n";
  out += optionRow(helpOption());
  out += row("--version", "Print the version and exit");
  out += "\n'a2q <command> --help' tells more about one command.\n";
  out +=
      "Exit codes: 0 ok, 1 a check failed, 2 usage, 3 bad or newer file, 4 external tool,\n"
      "5 board, 6 training failed, 7 input or output, 70 internal, 130/143 interrupted.\n";
  return out;
}

std::string commandHelp(const Command& command) {
  std::string out = fmt::format("Usage: {}\n\n{}.\n", wrap(synopsis(command), 7), command.summary);
  if (!command.long_help.empty()) out += fmt::format("\n{}\n", wrap(command.long_help, 0));
  if (!command.positionals.empty()) out += "\nArguments:\n";
  for (const Positional& positional : command.positionals) {
    std::string help(positional.help);
    if (!positional.choices.empty()) {
      help += fmt::format(" (one of: {})", fmt::join(positional.choices, ", "));
    }
    out += row(placeholder(positional), help);
  }
  for (const std::string_view group : groupsOf(command)) out += groupHelp(command, group);
  return out;
}

std::string synopsis(const Command& command) {
  std::string out = fmt::format("a2q {}", command.name);
  for (const Option& option : command.options) {
    if (option.need == Need::kRequired) {
      out += fmt::format(" {} {}", flagsOf(option).back(), option.value);
    }
  }
  out += " [options]";
  for (const Positional& positional : command.positionals)
    out += fmt::format(" {}", placeholder(positional));
  return out;
}

std::string heading(const Option& option) {
  std::string out = fmt::format("{}", fmt::join(flagsOf(option), ", "));
  if (!option.value.empty()) out += fmt::format(" {}", option.value);
  return out;
}

std::string remarks(const Option& option) {
  std::vector<std::string> parts;
  if (option.need == Need::kRequired) parts.emplace_back("required");
  using Limits = std::numeric_limits<std::int64_t>;
  if (option.lowest != Limits::min() && option.highest != Limits::max()) {
    parts.push_back(fmt::format("{} to {}", option.lowest, option.highest));
  } else if (option.lowest != Limits::min()) {
    parts.push_back(fmt::format("at least {}", option.lowest));
  }
  if (!option.choices.empty()) {
    parts.push_back(fmt::format("one of: {}", fmt::join(option.choices, ", ")));
  }
  if (!option.default_value.empty()) {
    parts.push_back(fmt::format("default: {}", option.default_value));
  }
  if (option.times == Times::kRepeated) parts.emplace_back("may be repeated");
  return parts.empty() ? std::string() : fmt::format(" ({})", fmt::join(parts, "; "));
}

std::string placeholder(const Positional& positional) {
  std::string out(positional.name);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char letter) { return static_cast<char>(std::toupper(letter)); });
  if (positional.times == Times::kRepeated) out += "...";
  return positional.need == Need::kRequired ? out : fmt::format("[{}]", out);
}

}  // namespace a2q::cli
