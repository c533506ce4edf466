// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/parse.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <limits>

#include "app/cli/help.h"
#include "core/base/text_distance.h"

namespace a2q::cli {
namespace {

tl::unexpected<Error> usage(const Command& command, std::string message, std::string cause = {},
                            std::string remedy = {}) {
  if (remedy.empty()) remedy = fmt::format("See 'a2q {} --help'.", command.name);
  return fail(ErrorCode::kUsage, std::move(message), std::move(cause), std::move(remedy));
}

void declareOption(CLI::App& app, const Option& option) {
  const std::string flags(option.flags);
  if (option.kind == ValueKind::kSwitch) {
    app.add_flag(flags);
    return;
  }
  app.add_option(flags)->allow_extra_args(false)->multi_option_policy(
      CLI::MultiOptionPolicy::TakeAll);
}

void declarePositional(CLI::App& app, const Positional& positional) {
  auto* const declared = app.add_option(std::string(positional.name));
  if (positional.times == Times::kRepeated) {
    declared->allow_extra_args(true)->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  }
}

void declare(CLI::App& app, const Command& command) {
  // The help, the checks and the messages are this program's own; CLI11 takes the words apart.
  app.set_help_flag();
  app.allow_extras();
  declareOption(app, helpOption());
  for (const Option& option : command.options) declareOption(app, option);
  for (const Positional& positional : command.positionals) declarePositional(app, positional);
}

std::vector<std::string_view> flagsOf(const Command& command) {
  std::vector<std::string_view> flags = flagsOf(helpOption());
  for (const Option& option : command.options) {
    for (const std::string_view flag : flagsOf(option)) flags.push_back(flag);
  }
  return flags;
}

bool looksLikeFlag(const std::string& word) {
  return word.size() > 1 && word.front() == '-' && !toNumber(word);
}

Status checkUnknownOptions(const CLI::App& app, const Command& command) {
  const std::vector<std::string> extras = app.remaining();
  const auto end = std::find(extras.begin(), extras.end(), "--");
  const auto flag = std::find_if(extras.begin(), end, looksLikeFlag);
  if (flag == end) return {};
  const std::string name = flag->substr(0, flag->find('='));
  return usage(command, fmt::format("unknown option '{}'", name),
               didYouMean(name, flagsOf(command)));
}

Status checkExtraWords(const CLI::App& app, const Command& command) {
  for (const std::string& word : app.remaining()) {
    if (word != "--") return usage(command, fmt::format("unexpected argument '{}'", word));
  }
  return {};
}

std::string expected(const Option& option) {
  if (option.kind == ValueKind::kNumber) return "a number";
  if (option.lowest == std::numeric_limits<std::int64_t>::min()) return "a whole number";
  if (option.highest == std::numeric_limits<std::int64_t>::max()) {
    return fmt::format("a whole number of at least {}", option.lowest);
  }
  return fmt::format("a whole number from {} to {}", option.lowest, option.highest);
}

bool fits(const Option& option, const std::string& value) {
  if (option.kind == ValueKind::kNumber) return toNumber(value).has_value();
  if (option.kind != ValueKind::kInteger) return true;
  const auto number = toInteger(value);
  return number && option.lowest <= *number && *number <= option.highest;
}

bool isOneOf(const std::vector<std::string_view>& words, const std::string& value) {
  return std::find(words.begin(), words.end(), value) != words.end();
}

Status checkChoice(const Command& command, std::string_view what,
                   const std::vector<std::string_view>& choices, const std::string& value) {
  if (choices.empty() || isOneOf(choices, value)) return {};
  return usage(command, fmt::format("{} cannot be '{}'", what, value), didYouMean(value, choices),
               fmt::format("Give one of: {}.", fmt::join(choices, ", ")));
}

Status checkValue(const Command& command, const Option& option, const std::string& value) {
  const std::string_view flag = flagsOf(option).back();
  // CLI11 gives an option the word that follows, whatever it is.
  if (isOneOf(flagsOf(command), value)) {
    return usage(command, fmt::format("{} lacks its value {}", flag, option.value),
                 fmt::format("'{}' follows it", value));
  }
  if (!fits(option, value)) {
    return usage(command, fmt::format("{} cannot be '{}'", flag, value),
                 fmt::format("{} is {}", option.value, expected(option)),
                 fmt::format("Give {} {}.", flag, expected(option)));
  }
  return checkChoice(command, flag, option.choices, value);
}

Status takeSwitch(const CLI::Option& parsed, const Command& command, std::string_view key,
                  Arguments& out) {
  for (const std::string& value : parsed.results()) {
    if (value != "true") {
      return usage(command, fmt::format("--{} takes no value, not '{}'", key, value));
    }
    out.add(key, value);
  }
  return {};
}

Status takeOption(const CLI::App& app, const Command& command, const Option& option,
                  Arguments& out) {
  const std::string_view key = keyOf(option);
  const std::string_view flag = flagsOf(option).back();
  const CLI::Option& parsed = *app.get_option(std::string(flag));
  if (option.kind == ValueKind::kSwitch) return takeSwitch(parsed, command, key, out);
  if (!option.default_value.empty()) out.setDefault(key, option.default_value);
  if (option.need == Need::kRequired && parsed.count() == 0) {
    return usage(command, fmt::format("{} is missing", flag), {},
                 fmt::format("Add {} {}: {}.", flag, option.value, option.help));
  }
  if (option.times == Times::kOnce && parsed.count() > 1) {
    return usage(command, fmt::format("{} is given {} times", flag, parsed.count()), {},
                 fmt::format("Give {} once.", flag));
  }
  for (const std::string& value : parsed.results()) {
    if (Status status = checkValue(command, option, value); !status) return status;
    out.add(key, value);
  }
  return {};
}

Status takePositional(const CLI::App& app, const Command& command, const Positional& positional,
                      Arguments& out) {
  const CLI::Option& parsed = *app.get_option(std::string(positional.name));
  if (positional.need == Need::kRequired && parsed.count() == 0) {
    return usage(command, fmt::format("{} is missing", placeholder(positional)), {},
                 fmt::format("Write it after 'a2q {}': {}.", command.name, positional.help));
  }
  for (const std::string& value : parsed.results()) {
    Status status = checkChoice(command, placeholder(positional), positional.choices, value);
    if (!status) return status;
    out.add(positional.name, value);
  }
  return {};
}

Result<Arguments> collect(const CLI::App& app, const Command& command) {
  Arguments arguments;
  if (app.get_option("--help")->count() > 0) {
    arguments.add("help", "true");
    return arguments;
  }
  if (Status status = checkUnknownOptions(app, command); !status) {
    return forward(std::move(status));
  }
  for (const Option& option : command.options) {
    Status status = takeOption(app, command, option, arguments);
    if (!status) return forward(std::move(status));
  }
  for (const Positional& positional : command.positionals) {
    Status status = takePositional(app, command, positional, arguments);
    if (!status) return forward(std::move(status));
  }
  if (Status status = checkExtraWords(app, command); !status) return forward(std::move(status));
  return arguments;
}

}  // namespace

Result<Arguments> parseArguments(const Command& command, std::vector<std::string> words) {
  CLI::App app;
  declare(app, command);
  try {
    std::reverse(words.begin(), words.end());  // the order CLI11 wants
    app.parse(std::move(words));
  } catch (const CLI::ArgumentMismatch& problem) {
    const std::string what = problem.what();  // "--k: 1 required missing"
    return usage(command, fmt::format("{} lacks its value", what.substr(0, what.find(':'))));
  } catch (const CLI::ParseError& problem) {
    return usage(command, "the options could not be read", problem.what());
  }
  return collect(app, command);
}

std::string didYouMean(std::string_view word, const std::vector<std::string_view>& candidates) {
  const std::string near = nearest(word, candidates);
  // A suggestion that changes half the word is noise.
  const bool meant = isPartOf(word, near) || (!near.empty() && 2 * editDistance(word, near) <
                                                                   static_cast<int>(word.size()));
  return meant ? fmt::format("did you mean '{}'?", near) : std::string();
}

}  // namespace a2q::cli
