// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text_table.h"

#include <algorithm>

namespace a2q {
namespace {

std::size_t columnWidth(const TextRows& rows, std::size_t column) {
  std::size_t width = 0;
  for (const auto& row : rows) width = std::max(width, widthOf(row[column]));
  return width;
}

bool contains(const std::vector<std::size_t>& columns, std::size_t column) {
  return std::find(columns.begin(), columns.end(), column) != columns.end();
}

/// A cell filled up to the width of its column.
std::string padded(const TextRows& rows, const std::string& cell, std::size_t column,
                   bool to_left) {
  const std::string space(columnWidth(rows, column) - widthOf(cell), ' ');
  return to_left ? cell + space : space + cell;
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
      if (column != shown.front()) out += "  ";
      out += padded(rows, row[column], column, contains(left, column));
    }
    out.erase(out.find_last_not_of(' ') + 1);
    out += '\n';
  }
  return out;
}

std::string markdownTable(const TextRows& rows, const std::vector<std::size_t>& left) {
  std::string out;
  for (const auto& row : rows) {
    for (std::size_t column = 0; column < row.size(); ++column) {
      out += "| " + padded(rows, row[column], column, contains(left, column)) + " ";
    }
    out += "|\n";
    if (&row != &rows.front()) continue;
    for (std::size_t column = 0; column < row.size(); ++column) {
      const std::string line(columnWidth(rows, column), '-');
      out += contains(left, column) ? "|:" + line + "-" : "|-" + line + ":";
    }
    out += "|\n";
  }
  return out;
}

std::size_t tableWidth(const TextRows& rows, const std::vector<std::size_t>& shown) {
  std::size_t width = shown.empty() ? 0 : 2 * (shown.size() - 1);
  for (const std::size_t column : shown) width += columnWidth(rows, column);
  return width;
}

}  // namespace a2q
