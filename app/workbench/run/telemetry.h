// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/project/stored/run_objects.h"
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

/// Every step of a run, as the series that is recorded; readers share its sealed chunks.
class StepStore {
 public:
  /// `layers`: the quantized ones, in order.
  explicit StepStore(const std::vector<std::string>& layers);
  void append(const StepReport& step);
  /// Begins with what was told before, when its columns are the same.
  void restart(const ScalarSeries& before);
  [[nodiscard]] std::size_t size() const;
  [[nodiscard]] ScalarSeries series() const;
  [[nodiscard]] std::optional<StepReport> newest() const;

 private:
  mutable std::mutex mutex_;
  ScalarSeries series_;
  std::optional<StepReport> newest_;
};

using LayersPointer = std::shared_ptr<const std::vector<LayerSnapshot>>;

/// What one run tells while it goes.
struct Telemetry {
  explicit Telemetry(const std::vector<std::string>& layers) : steps(layers) {}

  StepStore steps;
  AppendStore<EpochRecord> epochs;
  AppendStore<std::shared_ptr<const EpochSnapshot>> history;  ///< of every epoch
  AppendStore<std::string> notes;                             ///< lines for the log
  Mailbox<LayersPointer> snapshot;
  std::atomic<std::int64_t> train_samples = 0;  ///< 0: not loaded yet
  std::atomic<std::int64_t> test_samples = 0;
  /// Of the run in its project, and what it is called there; set before the first step.
  Mailbox<std::pair<std::string, std::string>> identity;
};

}  // namespace a2q::workbench
