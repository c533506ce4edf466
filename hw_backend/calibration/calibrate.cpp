// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/calibration/calibrate.h"

#include <fmt/format.h>

#include <utility>

#include "hw_backend/flow/parallel_jobs.h"
#include "hw_backend/flow/yosys.h"
#include "hw_backend/rtl/block_rtl.h"
#include "hw_backend/rtl/example_constants.h"
#include "hw_backend/rtl/rtl_library.h"

namespace a2q {
namespace {

using Measurements = ParallelJobs<ResourceVector>;

Result<std::optional<ResourceVector>> measure(RtlFiles design, const Family& family,
                                              const std::stop_token& stop) {
  const auto report = synthesise({.files = std::move(design.files),
                                  .top = design.top,
                                  .family = family.name,
                                  .multipliers = Multipliers::kLogic},
                                 stop);
  if (!report) return tl::make_unexpected(report.error());
  if (!*report) return std::nullopt;
  const SynthesisReport& found = **report;
  return ResourceVector{static_cast<double>(found.logic_cells), static_cast<double>(found.ff),
                        static_cast<double>(found.bram), static_cast<double>(found.dsp)};
}

/// A product between ports.
RtlFiles designOf(const Product& product) {
  const int w = product.weights.bits;
  const int a = product.input.width.bits;
  const std::string text = fmt::format(
      "module block (input wire signed [{}:0] weight, input wire [{}:0] value,\n"
      "              output wire signed [{}:0] product);\n"
      "  a2q_product #(.W({}), .A({}), .A_SIGNED({}), .SPLIT({})) unit (\n"
      "      .weight(weight), .value(value), .product(product)\n"
      "  );\nendmodule\n",
      w - 1, a - 1, w + a - 1, w, a, product.input.isSigned() ? 1 : 0, product.split ? 1 : 0);
  RtlFiles design{"block", {{"block.v", text}}};
  addLibraryModules(text, design.files);
  return design;
}

}  // namespace

Result<std::optional<ResourceVector>> measureProduct(const Product& product, const Family& family,
                                                     const std::stop_token& stop) {
  return measure(designOf(product), family, stop);
}

Result<std::optional<ResourceVector>> measureBlock(const Block& block, const Family& family,
                                                   const std::stop_token& stop) {
  constexpr std::uint64_t kSeed = 1;
  RtlOptions options;
  options.comparators = family.compares_by_adding ? Comparators::kAdders : Comparators::kTables;
  auto design = generateBlock(block, exampleConstants(block, kSeed), options);
  if (!design) return forward(std::move(design));
  return measure(std::move(*design), family, stop);
}

Result<bool> measureBlocks(const Family& family, const std::vector<Block>& blocks, int jobs,
                           const MeasureSink& measured, const std::stop_token& stop) {
  const Measurements::Job one = [&](std::size_t index, const std::stop_token& inner) {
    return measureBlock(blocks[index], family, inner);
  };
  return Measurements(blocks.size(), one, measured, stop).run(jobs);
}

Result<std::optional<MeasurementTable>> calibrate(const Family& family, const CalibrationPlan& plan,
                                                  int jobs, ProgressSink& progress,
                                                  const std::stop_token& stop) {
  auto version = yosysVersion(stop);
  if (!version) return forward(std::move(version));
  if (!*version) return std::nullopt;
  MeasurementTable table{family.name, std::move(**version), {}};
  for (const Product& product : plan.products) table.products.push_back({product, 0});
  for (const CalibrationPoint& point : plan.blocks)
    table.rows.push_back({point.block, point.held_out, {}});
  // Products first: they are many and quick.
  const std::size_t products = plan.products.size();
  const std::size_t all = products + plan.blocks.size();
  const Measurements::Job one = [&](std::size_t index, const std::stop_token& inner) {
    return index < products ? measureProduct(plan.products[index], family, inner)
                            : measureBlock(plan.blocks[index - products].block, family, inner);
  };
  std::size_t done = 0;
  const MeasureSink told = [&](std::size_t index, const ResourceVector& use) {
    if (index < products) {
      table.products[index].lut = use.lut;
    } else {
      table.rows[index - products].use = use;
    }
    progress.report({"syntheses", static_cast<double>(++done), static_cast<double>(all)});
  };
  const auto whole = Measurements(all, one, told, stop).run(jobs);
  if (!whole) return tl::make_unexpected(whole.error());
  if (!*whole) return std::nullopt;
  return table;
}

}  // namespace a2q
