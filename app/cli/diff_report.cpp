// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/diff_report.h"

#include <fmt/format.h>

#include "core/base/text_table.h"

namespace a2q::cli {
namespace {

/// Long values are cut: whole ones are in the JSON document.
std::string cell(const std::string& value) {
  constexpr std::size_t kLongest = 48;
  if (value.empty()) return "–";
  if (widthOf(value) <= kLongest) return value;
  std::size_t end = kLongest - 1;
  while (end > 0 && (static_cast<unsigned char>(value[end]) & 0xC0) == 0x80) --end;
  return value.substr(0, end) + "…";
}

}  // namespace

std::string diffText(const DiffSides& sides) {
  if (sides.differences.empty()) {
    return fmt::format("{} and {} are the same.\n", sides.a, sides.b);
  }
  TextRows rows{{"where", sides.a, sides.b}};
  for (const Difference& found : sides.differences) {
    rows.push_back({found.where, cell(found.a), cell(found.b)});
  }
  return tableText(rows, {0, 1, 2}, {0, 1, 2}) +
         fmt::format("\n{} {} differ{}.\n", sides.differences.size(),
                     sides.differences.size() == 1 ? "thing" : "things",
                     sides.differences.size() == 1 ? "s" : "");
}

nlohmann::ordered_json diffJson(const DiffSides& sides) {
  nlohmann::ordered_json out{{"schema", "a2q-diff-1"},
                             {"a", sides.a},
                             {"b", sides.b},
                             {"same", sides.differences.empty()},
                             {"differences", nlohmann::ordered_json::array()}};
  const auto value = [](const std::string& text) {
    return text.empty() ? nlohmann::ordered_json() : nlohmann::ordered_json(text);
  };
  for (const Difference& found : sides.differences) {
    out["differences"].push_back(
        {{"where", found.where}, {"a", value(found.a)}, {"b", value(found.b)}});
  }
  return out;
}

}  // namespace a2q::cli
