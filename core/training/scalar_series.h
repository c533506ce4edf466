// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace a2q {

/// Rows of numbers under named columns, appended by one thread: nothing is lost and nothing is
/// copied twice. Full chunks are sealed, and copies of the series share them; only the open chunk
/// of at most kChunkRows rows is copied.
class ScalarSeries {
 public:
  static constexpr std::size_t kChunkRows = 1024;

  ScalarSeries() = default;
  explicit ScalarSeries(std::vector<std::string> columns);

  [[nodiscard]] const std::vector<std::string>& columns() const { return columns_; }
  [[nodiscard]] std::size_t rows() const;

  /// Appends one row of columns().size() values; an absent value is NaN.
  void append(std::span<const double> row);

  /// The row at `index` below rows().
  [[nodiscard]] std::span<const double> row(std::size_t index) const;

 private:
  using Chunk = std::vector<double>;

  std::vector<std::string> columns_;
  std::vector<std::shared_ptr<const Chunk>> sealed_;
  Chunk open_;
};

}  // namespace a2q
