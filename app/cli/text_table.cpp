// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/text_table.h"

#include <algorithm>

namespace a2q::cli {
namespace {

std::size_t columnWidth(const TextRows& rows, std::size_t column) {
  std::size_t width = 0;
  for (const auto& row : rows) width = std::max(width, widthOf(row[column]));
  return width;
}

}  // namespace

std::size_t widthOf(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

std::string tableText(const TextRows& rows, const std::vector<std::size_t>& shown,
                      const std::vector<std::size_t>& left) {
  std::string out;
  for (const auto& row : rows) {
    for (const std::size_t column : shown) {
      const std::string space(columnWidth(rows, column) - widthOf(row[column]), ' ');
      const bool to_left = std::find(left.begin(), left.end(), column) != left.end();
      if (column != shown.front()) out += "  ";
      out += to_left ? row[column] + space : space + row[column];
    }
    out.erase(out.find_last_not_of(' ') + 1);
    out += '\n';
  }
  return out;
}

std::size_t tableWidth(const TextRows& rows, const std::vector<std::size_t>& shown) {
  std::size_t width = shown.empty() ? 0 : 2 * (shown.size() - 1);
  for (const std::size_t column : shown) width += columnWidth(rows, column);
  return width;
}

}  // namespace a2q::cli
