// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/stored/member_name.h"

#include <fmt/format.h>

#include <charconv>

namespace a2q {
namespace {

bool isEscaped(char c) {
  const auto code = static_cast<unsigned char>(c);
  return c == '%' || c == '/' || code < 0x20 || code == 0x7F;
}

std::string escape(char c) { return fmt::format("%{:02X}", static_cast<unsigned char>(c)); }

}  // namespace

std::string memberName(std::string_view name) {
  if (name.empty()) return "%";
  std::string out;
  for (const char c : name) out += isEscaped(c) ? escape(c) : std::string(1, c);
  if (out == "." || out == "..") out.replace(0, 1, escape('.'));
  return out;
}

std::optional<std::string> nameOfMember(std::string_view member) {
  if (member == "%") return std::string();
  std::string name;
  for (std::size_t at = 0; at < member.size(); ++at) {
    if (member[at] != '%') {
      name += member[at];
      continue;
    }
    const std::string_view digits = member.substr(at + 1, 2);
    unsigned code = 0;
    const auto [end, problem] =
        std::from_chars(digits.data(), digits.data() + digits.size(), code, 16);
    if (problem != std::errc() || end != digits.data() + 2) return std::nullopt;
    name += static_cast<char>(code);
    at += 2;
  }
  // Two members must not stand for one name.
  if (memberName(name) != member) return std::nullopt;
  return name;
}

}  // namespace a2q
