// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/project/stored/object_reader.h"

namespace a2q {

/// The attribute with the names of a table's columns.
inline constexpr const char* kColumns = "columns";

/// Rows of numbers under named columns, row-major.
[[nodiscard]] DataArray numberTable(std::span<const double> values,
                                    std::span<const std::string> columns);
[[nodiscard]] DataArray numberTable(std::span<const std::int64_t> values,
                                    std::span<const std::string> columns);

/// The names of the columns of a table, one for each; empty after an error.
[[nodiscard]] std::vector<std::string> columnsOf(const DataArray& table, const std::string& name,
                                                 ObjectReader& reader);

/// Where the wanted columns stand in a table; a table may have others. Empty after an error.
[[nodiscard]] std::vector<std::size_t> findColumns(std::span<const std::string> columns,
                                                   std::span<const std::string> wanted,
                                                   const std::string& name, ObjectReader& reader);

}  // namespace a2q
