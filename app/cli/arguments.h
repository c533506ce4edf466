// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace a2q::cli {

/// The parsed values of one call, by the long name of the option ("weights" for --weights) or the
/// name of the positional. Kinds and limits of the option table were checked before.
class Arguments {
 public:
  void add(std::string_view name, std::string value);

  /// Whether it was given; for a switch, whether it is on.
  [[nodiscard]] bool has(std::string_view name) const;

  /// The value given, else the default of the table, else none.
  [[nodiscard]] std::optional<std::string> text(std::string_view name) const;
  [[nodiscard]] std::optional<std::int64_t> integer(std::string_view name) const;
  [[nodiscard]] std::optional<double> number(std::string_view name) const;

  /// Every value of a repeated option or positional, in the order given.
  [[nodiscard]] std::vector<std::string> texts(std::string_view name) const;

  void setDefault(std::string_view name, std::string value);

 private:
  std::map<std::string, std::vector<std::string>, std::less<>> given_;
  std::map<std::string, std::string, std::less<>> defaults_;
};

/// The whole of `text` as a finite number; none when anything else stands there or it does not fit.
[[nodiscard]] std::optional<std::int64_t> toInteger(std::string_view text);
[[nodiscard]] std::optional<double> toNumber(std::string_view text);

}  // namespace a2q::cli
