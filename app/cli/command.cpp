// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"

namespace a2q::cli {

std::string_view keyOf(const Option& option) {
  std::string_view key = flagsOf(option).back();
  key.remove_prefix(key.find_first_not_of('-'));
  return key;
}

std::vector<std::string_view> flagsOf(const Option& option) {
  std::vector<std::string_view> flags;
  std::string_view rest = option.flags;
  for (auto comma = rest.find(','); comma != std::string_view::npos; comma = rest.find(',')) {
    flags.push_back(rest.substr(0, comma));
    rest.remove_prefix(comma + 1);
  }
  flags.push_back(rest);
  return flags;
}

const Option& helpOption() {
  static const Option option{.flags = "-h,--help", .help = "Print this help and exit"};
  return option;
}

}  // namespace a2q::cli
