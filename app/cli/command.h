// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "app/cli/arguments.h"
#include "core/base/result.h"

namespace a2q::cli {

/// What an option takes: nothing (a switch), any text, a path, a whole number or a number.
enum class ValueKind { kSwitch, kText, kPath, kInteger, kNumber };

enum class Need { kOptional, kRequired };
enum class Times { kOnce, kRepeated };

/// One row of the option table; help, man page, completions and parsing all come from it.
struct Option {
  std::string_view flags = {};  ///< "--weights" or "-o,--output"; the long name is the key
  ValueKind kind = ValueKind::kSwitch;
  std::string_view value = {};  ///< name of the value in the help, empty for a switch
  std::string_view help = {};   ///< one sentence without a full stop
  Need need = Need::kOptional;
  Times times = Times::kOnce;
  std::string default_value = {};
  std::vector<std::string_view> choices = {};  ///< the only texts allowed, when not empty
  std::int64_t lowest = std::numeric_limits<std::int64_t>::min();   ///< of an integer
  std::int64_t highest = std::numeric_limits<std::int64_t>::max();  ///< of an integer
  std::string_view group = "Options";
};

/// A word without a flag; a repeated one comes last and takes all that is left.
struct Positional {
  std::string_view name = {};  ///< lower case; the help shows it in capitals
  std::string_view help = {};
  Need need = Need::kRequired;
  Times times = Times::kOnce;
  ValueKind kind = ValueKind::kText;
  std::vector<std::string_view> choices = {};
};

/// A subcommand. `run` prints its result on stdout, everything else on stderr, and is called on the
/// main thread before any other thread exists, so that it may install signal handlers of its own.
struct Command {
  std::string_view name = {};
  std::string_view summary = {};    ///< one line without a full stop
  std::string_view long_help = {};  ///< paragraphs, parted by an empty line
  std::vector<Option> options = {};
  std::vector<Positional> positionals = {};
  Result<ExitCode> (*run)(const Arguments&) = nullptr;
};

/// "weights" of "-w,--weights".
[[nodiscard]] std::string_view keyOf(const Option& option);

/// "--weights", "-w": the flags one by one, in the order of the table.
[[nodiscard]] std::vector<std::string_view> flagsOf(const Option& option);

/// The option that every command has.
[[nodiscard]] const Option& helpOption();

}  // namespace a2q::cli
