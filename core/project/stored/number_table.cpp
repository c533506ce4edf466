// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/stored/number_table.h"

#include <fmt/format.h>

#include <algorithm>

namespace a2q {
namespace {

/// Two columns a layer and a few of the whole network; a network has at most 10,000 layers.
constexpr std::uint64_t kMostColumns = 1 << 16;

std::vector<std::uint64_t> shapeOf(std::size_t values, std::size_t columns) {
  return {columns == 0 ? 0 : values / columns, columns};
}

}  // namespace

DataArray numberTable(std::span<const double> values, std::span<const std::string> columns) {
  return {realsValue(values, shapeOf(values.size(), columns.size())),
          {{kColumns, textsValue(columns)}}};
}

DataArray numberTable(std::span<const std::int64_t> values, std::span<const std::string> columns) {
  return {integersValue(values, shapeOf(values.size(), columns.size())),
          {{kColumns, textsValue(columns)}}};
}

std::vector<std::string> columnsOf(const DataArray& table, const std::string& name,
                                   ObjectReader& reader) {
  const auto& shape = table.value.shape;
  // Without columns, rows would be any number of nothing.
  if (shape.size() != 2 || shape[1] > kMostColumns || (shape[1] == 0 && shape[0] != 0)) {
    reader.wrong(name, fmt::format("it is no table of at most {} columns", kMostColumns));
    return {};
  }
  const auto found = table.attributes.find(kColumns);
  const bool fits = found != table.attributes.end() && !faultOf(found->second) &&
                    found->second.shape == std::vector<std::uint64_t>{shape[1]};
  auto columns = fits ? textsOf(found->second) : std::nullopt;
  if (!columns) reader.wrong(name, fmt::format("it lacks the names of its {} columns", shape[1]));
  return std::move(columns).value_or(std::vector<std::string>());
}

std::vector<std::size_t> findColumns(std::span<const std::string> columns,
                                     std::span<const std::string> wanted, const std::string& name,
                                     ObjectReader& reader) {
  std::vector<std::size_t> places;
  places.reserve(wanted.size());
  for (const std::string& column : wanted) {
    const auto found = std::ranges::find(columns, column);
    if (found == columns.end()) {
      reader.wrong(name, fmt::format("the column '{}' is missing", column));
      return {};
    }
    places.push_back(static_cast<std::size_t>(found - columns.begin()));
  }
  return places;
}

}  // namespace a2q
