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

/// What the workers share: the next block, how many are measured, the first error.
class Bench {
 public:
  Bench(const Family& family, const std::vector<Block>& blocks, const MeasureSink& measured,
        const std::stop_token& stop)
      : family_(family),
        blocks_(blocks),
        measured_(measured),
        outer_(stop, [this] { stop_.request_stop(); }) {}

  void work() {
    while (const auto index = take()) {
      auto use = measureBlock(blocks_[*index], family_, stop_.get_token());
      const std::lock_guard lock(mutex_);
      if (!use) {
        if (!error_) error_ = use.error();
        stop_.request_stop();
      } else if (*use) {
        ++done_;
        measured_(*index, **use);
      }
    }
  }

  /// After all workers have ended.
  Result<bool> end() {
    if (error_) return tl::make_unexpected(std::move(*error_));
    return done_ == blocks_.size();
  }

 private:
  std::optional<std::size_t> take() {
    const std::lock_guard lock(mutex_);
    if (stop_.stop_requested() || next_ == blocks_.size()) return std::nullopt;
    return next_++;
  }

  const Family& family_;
  const std::vector<Block>& blocks_;
  const MeasureSink& measured_;
  std::mutex mutex_;  ///< guards all below
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

Result<bool> measureBlocks(const Family& family, const std::vector<Block>& blocks, int jobs,
                           const MeasureSink& measured, const std::stop_token& stop) {
  Bench bench(family, blocks, measured, stop);
  {
    std::vector<std::jthread> workers;
    for (int i = 0; i < std::max(jobs, 1); ++i) workers.emplace_back([&] { bench.work(); });
  }
  return bench.end();
}

Result<std::optional<MeasurementTable>> calibrate(const Family& family,
                                                  const std::vector<CalibrationPoint>& points,
                                                  int jobs, ProgressSink& progress,
                                                  const std::stop_token& stop) {
  auto version = yosysVersion();
  if (!version) return forward(std::move(version));
  MeasurementTable table{family.name, std::move(*version), {}};
  std::vector<Block> blocks;
  table.rows.reserve(points.size());
  blocks.reserve(points.size());
  for (const CalibrationPoint& point : points) {
    table.rows.push_back({point.block, point.held_out, {}});
    blocks.push_back(point.block);
  }
  std::size_t done = 0;
  const auto told = [&](std::size_t index, const ResourceVector& use) {
    table.rows[index].use = use;
    progress.report({"blocks", static_cast<double>(++done), static_cast<double>(points.size())});
  };
  const auto all = measureBlocks(family, blocks, jobs, told, stop);
  if (!all) return tl::make_unexpected(all.error());
  if (!*all) return std::nullopt;
  return table;
}

}  // namespace a2q
