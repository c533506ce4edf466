// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/project/data_tree.h"

namespace a2q {

/// What the file of a running training holds: texts that tell what it is, a table of numbers that
/// grows, row by row, and a vector of integers that is replaced as a whole.
struct LiveLayout {
  std::map<std::string, std::string> texts;
  std::vector<std::string> columns;        ///< of the table
  std::vector<std::string> epoch_columns;  ///< of a second table, a row an epoch
  std::uint64_t latest_values = 0;         ///< length of the vector
};

/// Writes a file that other processes read meanwhile (HDF5's single writer, multiple readers).
/// After an error nothing more is written: a full disk must not hold up a training. Its calls
/// belong on projectLane().
class LiveSeriesWriter {
 public:
  virtual ~LiveSeriesWriter() = default;
  /// rows × columns values, row-major. Errors: kWriteFailed.
  [[nodiscard]] virtual Status append(std::span<const double> rows) = 0;
  [[nodiscard]] virtual Status appendEpochs(std::span<const double> rows) = 0;
  [[nodiscard]] virtual Status replaceLatest(std::span<const std::int64_t> values) = 0;
};

/// Reads such a file, also after its writer was killed. Its calls belong on projectLane().
class LiveSeriesReader {
 public:
  virtual ~LiveSeriesReader() = default;
  [[nodiscard]] virtual const LiveLayout& layout() const = 0;
  /// Rows from `first` on that have come since, row-major. Errors: kReadFailed.
  [[nodiscard]] virtual Result<std::vector<double>> rowsFrom(std::uint64_t first) = 0;
  [[nodiscard]] virtual Result<std::vector<double>> epochRowsFrom(std::uint64_t first) = 0;
  /// The vector as it was written last; empty before that, or when a write is under way.
  [[nodiscard]] virtual Result<std::vector<std::int64_t>> latest() = 0;
};

}  // namespace a2q
