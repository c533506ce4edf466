// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/completions.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace a2q::cli {
namespace {

/// Text between single quotes of a shell: ' becomes '\''.
std::string quoted(std::string_view text) {
  std::string out = "'";
  for (const char letter : text) {
    if (letter == '\'') {
      out += "'\\''";
    } else {
      out += letter;
    }
  }
  return out + "'";
}

std::string namesOf(const std::vector<Command>& commands) {
  std::vector<std::string_view> names;
  names.reserve(commands.size());
  for (const Command& command : commands) names.push_back(command.name);
  return fmt::format("{}", fmt::join(names, " "));
}

std::vector<Option> optionsOf(const Command& command) {
  std::vector<Option> options = command.options;
  options.push_back(helpOption());
  return options;
}

std::string bashWords(const Command& command) {
  std::vector<std::string_view> words;
  for (const Option& option : optionsOf(command)) {
    for (const std::string_view flag : flagsOf(option)) words.push_back(flag);
  }
  for (const Positional& positional : command.positionals) {
    words.insert(words.end(), positional.choices.begin(), positional.choices.end());
  }
  return fmt::format("{}", fmt::join(words, " "));
}

/// In a zsh argument specification ':' and brackets part the fields.
std::string zshEscaped(std::string_view text) {
  std::string out;
  for (const char letter : text) {
    if (letter == ':' || letter == '[' || letter == ']' || letter == '\\') out += '\\';
    out += letter;
  }
  return out;
}

std::string zshAction(ValueKind kind, const std::vector<std::string_view>& choices) {
  if (!choices.empty()) return fmt::format("({})", fmt::join(choices, " "));
  return kind == ValueKind::kPath ? "_files" : " ";
}

std::string zshArguments(const Command& command) {
  std::string out;
  for (const Option& option : optionsOf(command)) {
    for (const std::string_view flag : flagsOf(option)) {
      std::string spec = option.times == Times::kRepeated ? "*" : "";
      spec += fmt::format("{}[{}]", flag, zshEscaped(option.help));
      if (option.kind != ValueKind::kSwitch) {
        spec += fmt::format(":{}:{}", option.value, zshAction(option.kind, option.choices));
      }
      out += " \\\n        " + quoted(spec);
    }
  }
  for (const Positional& positional : command.positionals) {
    out += " \\\n        " +
           quoted(fmt::format("{}:{}:{}", positional.times == Times::kRepeated ? "*" : "",
                              positional.name, zshAction(positional.kind, positional.choices)));
  }
  return out;
}

std::string fishOption(const Command& command, const Option& option) {
  std::string out =
      fmt::format("complete -c a2q -n '__fish_seen_subcommand_from {}'", command.name);
  for (std::string_view flag : flagsOf(option)) {
    const bool is_long = flag.starts_with("--");
    flag.remove_prefix(is_long ? 2 : 1);
    out += fmt::format(" {} {}", is_long ? "-l" : "-s", flag);
  }
  if (option.kind != ValueKind::kSwitch) out += option.kind == ValueKind::kPath ? " -r -F" : " -x";
  if (!option.choices.empty()) out += fmt::format(" -a '{}'", fmt::join(option.choices, " "));
  return out + " -d " + quoted(option.help) + "\n";
}

std::string fishPositional(const Command& command, const Positional& positional) {
  std::string out =
      fmt::format("complete -c a2q -n '__fish_seen_subcommand_from {}'", command.name);
  if (positional.kind == ValueKind::kPath) return out + " -F\n";
  if (positional.choices.empty()) return {};
  return out + fmt::format(" -a '{}'\n", fmt::join(positional.choices, " "));
}

}  // namespace

std::string bashCompletions(const std::vector<Command>& commands) {
  std::string out = "# bash completion of a2q\n_a2q() {\n  local words\n";
  out += "  case \"${COMP_WORDS[1]}\" in\n";
  for (const Command& command : commands) {
    out += fmt::format("    {}) words={} ;;\n", command.name, quoted(bashWords(command)));
  }
  out += "    *) words= ;;\n  esac\n";
  out += fmt::format("  [ \"$COMP_CWORD\" -gt 1 ] || words={}\n",
                     quoted(namesOf(commands) + " --help --version"));
  out += "  COMPREPLY=($(compgen -W \"$words\" -- \"${COMP_WORDS[COMP_CWORD]}\"))\n}\n";
  return out + "complete -o default -F _a2q a2q\n";
}

std::string zshCompletions(const std::vector<Command>& commands) {
  std::string out = "#compdef a2q\n# zsh completion of a2q\n_a2q() {\n  local -a names=(\n";
  for (const Command& command : commands) {
    out += "    " + quoted(fmt::format("{}:{}", command.name, command.summary)) + "\n";
  }
  out += "  )\n  if (( CURRENT == 2 )); then\n    _describe 'command' names\n    return\n  fi\n";
  out += "  shift words\n  (( CURRENT-- ))\n  case \"$words[1]\" in\n";
  for (const Command& command : commands) {
    out += fmt::format("    {})\n      _arguments{} ;;\n", command.name, zshArguments(command));
  }
  return out + "  esac\n}\ncompdef _a2q a2q\n";
}

std::string fishCompletions(const std::vector<Command>& commands) {
  std::string out = "# fish completion of a2q\ncomplete -c a2q -f\n";
  for (const Command& command : commands) {
    out += fmt::format("complete -c a2q -n __fish_use_subcommand -a {} -d {}\n", command.name,
                       quoted(command.summary));
    for (const Option& option : optionsOf(command)) out += fishOption(command, option);
    for (const Positional& positional : command.positionals) {
      out += fishPositional(command, positional);
    }
  }
  return out;
}

}  // namespace a2q::cli
