// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/timing/clock_calibration.h"

#include <fmt/format.h>

#include <array>
#include <utility>
#include <variant>

#include "hw_backend/flow/nextpnr.h"
#include "hw_backend/flow/parallel_jobs.h"
#include "hw_backend/flow/yosys.h"
#include "hw_backend/rtl/example_constants.h"
#include "hw_backend/rtl/pin_harness.h"

namespace a2q {
namespace {

using Clocks = ParallelJobs<double>;

/// Synthesis behind pins of one block, then placement; the highest clock in MHz.
Result<std::optional<double>> clockOf(const Block& block, const Device& device,
                                      const std::stop_token& stop) {
  constexpr std::uint64_t kSeed = 1;
  constexpr double kMega = 1e-6;
  RtlOptions options;
  options.comparators =
      device.family->compares_by_adding ? Comparators::kAdders : Comparators::kTables;
  auto design = generateBlock(block, exampleConstants(block, kSeed), options);
  if (!design) return forward(std::move(design));
  RtlFiles whole = behindPins(std::move(*design));
  const std::string& family = device.family->name;
  const auto netlist = synthesiseNetlist({.files = std::move(whole.files),
                                          .top = whole.top,
                                          .family = family,
                                          .multipliers = Multipliers::kLogic},
                                         stop);
  if (!netlist) return tl::make_unexpected(netlist.error());
  if (!*netlist) return std::nullopt;
  const auto placed = placeAndRoute(
      {.netlist = (*netlist)->json, .family = family, .options = device.nextpnr_options}, stop);
  if (!placed) return tl::make_unexpected(placed.error());
  if (!*placed) return std::nullopt;
  return kMega * (*placed)->clock_hz;
}

}  // namespace

std::vector<CalibrationPoint> clockPlan(const MeasurementTable& measured, const Device& device) {
  constexpr std::size_t kStep = 5;  // held-out blocks come every fourth
  constexpr double kShare = 0.4;
  std::array<std::size_t, std::variant_size_v<Block>> seen{};
  std::vector<CalibrationPoint> plan;
  for (const Measurement& row : measured.rows) {
    const bool chosen = seen[row.block.index()]++ % kStep == 0;
    const bool fits = row.use.lut <= kShare * device.totals.lut &&
                      row.use.bram <= device.totals.bram && row.use.dsp <= device.totals.dsp;
    if (chosen && fits) plan.push_back({row.block, row.held_out});
  }
  return plan;
}

Result<std::optional<ClockTable>> calibrateClocks(const Device& device,
                                                  const std::vector<CalibrationPoint>& plan,
                                                  int jobs, ProgressSink& progress,
                                                  const std::stop_token& stop) {
  if (device.nextpnr_options.empty()) {
    return fail(ErrorCode::kUsage, fmt::format("clocks cannot be measured on {}", device.name),
                "the program does not know how to place designs on it",
                "Choose an iCE40 device, for example ice40hx8k.");
  }
  auto yosys = yosysVersion(stop);
  if (!yosys) return forward(std::move(yosys));
  auto nextpnr = nextpnrVersion(device.family->name, stop);
  if (!nextpnr) return forward(std::move(nextpnr));
  if (!*yosys || !*nextpnr) return std::nullopt;
  ClockTable table{device.name, fmt::format("{}, {}", **yosys, **nextpnr), {}};
  for (const CalibrationPoint& point : plan) table.rows.push_back({point.block, point.held_out, 0});
  std::size_t done = 0;
  const Clocks::Job one = [&](std::size_t index, const std::stop_token& inner) {
    return clockOf(plan[index].block, device, inner);
  };
  const Clocks::Sink told = [&](std::size_t index, const double& mhz) {
    table.rows[index].mhz = mhz;
    progress.report({"placements", static_cast<double>(++done), static_cast<double>(plan.size())});
  };
  const auto whole = Clocks(plan.size(), one, told, stop).run(jobs);
  if (!whole) return tl::make_unexpected(whole.error());
  if (!*whole) return std::nullopt;
  return table;
}

}  // namespace a2q
