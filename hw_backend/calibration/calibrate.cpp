// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/calibration/calibrate.h"

#include <algorithm>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>

#include "hw_backend/flow/yosys.h"
#include "hw_backend/rtl/block_rtl.h"
#include "hw_backend/rtl/example_constants.h"

namespace a2q {
namespace {

/// What the workers share: the next point, the rows, the first error.
class Bench {
 public:
  Bench(const Family& family, const std::vector<CalibrationPoint>& points, ProgressSink& progress,
        const std::stop_token& stop)
      : family_(family),
        points_(points),
        progress_(progress),
        rows_(points.size()),
        outer_(stop, [this] { stop_.request_stop(); }) {}

  void work() {
    while (const auto index = take()) {
      auto use = measureBlock(points_[*index].block, family_, stop_.get_token());
      const std::lock_guard lock(mutex_);
      if (!use) {
        if (!error_) error_ = use.error();
        stop_.request_stop();
      } else if (*use) {
        rows_[*index] = Measurement{points_[*index].block, points_[*index].held_out, **use};
        progress_.report(
            {"blocks", static_cast<double>(++done_), static_cast<double>(points_.size())});
      }
    }
  }

  Result<std::optional<std::vector<Measurement>>> rows() {
    if (error_) return tl::make_unexpected(std::move(*error_));
    std::vector<Measurement> rows;
    for (const auto& row : rows_) {
      if (!row) return std::nullopt;
      rows.push_back(*row);
    }
    return rows;
  }

 private:
  std::optional<std::size_t> take() {
    const std::lock_guard lock(mutex_);
    if (stop_.stop_requested() || next_ == points_.size()) return std::nullopt;
    return next_++;
  }

  const Family& family_;
  const std::vector<CalibrationPoint>& points_;
  ProgressSink& progress_;
  std::mutex mutex_;  ///< guards all below
  std::vector<std::optional<Measurement>> rows_;
  std::optional<Error> error_;
  std::size_t next_ = 0;
  std::size_t done_ = 0;
  std::stop_source stop_;
  std::stop_callback<std::function<void()>> outer_;
};

}  // namespace

Result<std::optional<ResourceVector>> measureBlock(const Block& block, const Family& family,
                                                   const std::stop_token& stop) {
  constexpr std::uint64_t kSeed = 1;
  RtlOptions options;
  options.comparators = family.compares_by_adding ? Comparators::kAdders : Comparators::kTables;
  auto design = generateBlock(block, exampleConstants(block, kSeed), options);
  if (!design) return forward(std::move(design));
  const auto report = synthesise({.files = std::move(design->files),
                                  .top = design->top,
                                  .family = family.name,
                                  .multipliers = Multipliers::kLogic},
                                 stop);
  if (!report) return tl::make_unexpected(report.error());
  if (!*report) return std::nullopt;
  const SynthesisReport& found = **report;
  return ResourceVector{static_cast<double>(found.logic_cells), static_cast<double>(found.ff),
                        static_cast<double>(found.bram), static_cast<double>(found.dsp)};
}

Result<std::optional<MeasurementTable>> calibrate(const Family& family,
                                                  const std::vector<CalibrationPoint>& points,
                                                  int jobs, ProgressSink& progress,
                                                  const std::stop_token& stop) {
  auto version = yosysVersion();
  if (!version) return forward(std::move(version));
  Bench bench(family, points, progress, stop);
  {
    std::vector<std::jthread> workers;
    for (int i = 0; i < std::max(jobs, 1); ++i) workers.emplace_back([&] { bench.work(); });
  }
  auto rows = bench.rows();
  if (!rows) return tl::make_unexpected(rows.error());
  if (!*rows) return std::nullopt;
  return MeasurementTable{family.name, std::move(*version), std::move(**rows)};
}

}  // namespace a2q
