// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/scalar_series.h"

#include <stdexcept>
#include <utility>

namespace a2q {

ScalarSeries::ScalarSeries(std::vector<std::string> columns) : columns_(std::move(columns)) {}

std::size_t ScalarSeries::rows() const {
  return columns_.empty() ? 0 : sealed_.size() * kChunkRows + open_.size() / columns_.size();
}

void ScalarSeries::append(std::span<const double> row) {
  if (row.size() != columns_.size()) throw std::invalid_argument("a row has a value a column");
  open_.insert(open_.end(), row.begin(), row.end());
  if (open_.size() < kChunkRows * columns_.size()) return;
  sealed_.push_back(std::make_shared<const Chunk>(std::exchange(open_, {})));
}

std::span<const double> ScalarSeries::row(std::size_t index) const {
  const std::size_t chunk = index / kChunkRows;
  const Chunk& values = chunk < sealed_.size() ? *sealed_[chunk] : open_;
  return std::span(values).subspan(index % kChunkRows * columns_.size(), columns_.size());
}

}  // namespace a2q
