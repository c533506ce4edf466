// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/training/run_record.h"

namespace a2q::workbench {

/// Rows that one thread appends and another reads from where it stopped: nothing is lost.
template <class Row>
class AppendStore {
 public:
  void append(Row row) {
    const std::lock_guard lock(mutex_);
    rows_.push_back(std::move(row));
  }
  /// The rows from position `from` on.
  [[nodiscard]] std::vector<Row> readFrom(std::size_t from) const {
    const std::lock_guard lock(mutex_);
    if (from >= rows_.size()) return {};
    return {rows_.begin() + static_cast<std::ptrdiff_t>(from), rows_.end()};
  }
  [[nodiscard]] std::size_t size() const {
    const std::lock_guard lock(mutex_);
    return rows_.size();
  }

 private:
  mutable std::mutex mutex_;
  std::vector<Row> rows_;
};

/// One place that the writer overwrites and the reader empties: never a queue.
template <class Value>
class Mailbox {
 public:
  void put(Value value) {
    const std::lock_guard lock(mutex_);
    value_ = std::move(value);
  }
  [[nodiscard]] std::optional<Value> take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(value_, std::nullopt);
  }

 private:
  std::mutex mutex_;
  std::optional<Value> value_;
};

/// What one run tells while it goes.
struct Telemetry {
  AppendStore<StepReport> steps;
  AppendStore<EpochRecord> epochs;
  AppendStore<std::string> notes;  ///< lines for the log
  Mailbox<std::vector<LayerSnapshot>> snapshot;
};

}  // namespace a2q::workbench
