// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/calibration_report.h"

#include <fmt/format.h>

#include "core/base/text_table.h"

namespace a2q::cli {
namespace {

std::string percent(double share) { return fmt::format("{:.1f} %", 100 * share); }

std::string errorsText(const ErrorFigures& errors) {
  return fmt::format("{} / {}", percent(errors.median), percent(errors.worst));
}

std::string placeText(const std::filesystem::path& file) {
  return file.empty() ? "Measurements that the program brings.\n"
                      : fmt::format("Your own measurements: {}\n", file.string());
}

nlohmann::ordered_json placeJson(const std::filesystem::path& file) {
  return file.empty() ? nlohmann::ordered_json() : nlohmann::ordered_json(file.string());
}

nlohmann::ordered_json errorsJson(const ErrorFigures& errors) {
  return {{"median", errors.median}, {"worst", errors.worst}, {"blocks", errors.blocks}};
}

nlohmann::ordered_json fitJson(const LinearFit& fit) {
  return {{"coefficients", fit.coefficients},
          {"fitted", errorsJson(fit.fitted)},
          {"held_out", errorsJson(fit.held_out)},
          {"interval", {fit.low, fit.high}}};
}

}  // namespace

std::string calibrationText(const MeasurementTable& table, const BlockFits& fits) {
  TextRows rows = {{"block", "measured", "held out", "LUT fitted", "LUT held out", "FF fitted",
                    "FF held out", "BRAM otherwise"}};
  for (const auto& fit : fits) {
    if (!fit) continue;
    rows.push_back({std::string(fit->kind), std::to_string(fit->blocks),
                    std::to_string(fit->lut.held_out.blocks), errorsText(fit->lut.fitted),
                    errorsText(fit->lut.held_out), errorsText(fit->ff.fitted),
                    errorsText(fit->ff.held_out), std::to_string(fit->other_memories)});
  }
  return fmt::format(
      "{} with {}: relative errors, median / worst [measured]\n{}\n{}\nLUT are logic cells on "
      "iCE40. "
      "BRAM otherwise: blocks that take other block memories than their sizes say.\n",
      table.family, table.tool, placeText(table.file),
      tableText(rows, {0, 1, 2, 3, 4, 5, 6, 7}, {0}));
}

nlohmann::ordered_json calibrationJson(const MeasurementTable& table, const BlockFits& fits) {
  nlohmann::ordered_json kinds = nlohmann::ordered_json::array();
  for (const auto& fit : fits) {
    if (!fit) continue;
    kinds.push_back({{"block", fit->kind},
                     {"measured", fit->blocks},
                     {"other_memories", fit->other_memories},
                     {"lut", fitJson(fit->lut)},
                     {"ff", fitJson(fit->ff)}});
  }
  return {{"schema", "a2q-calibration-1"},
          {"family", table.family},
          {"tool", table.tool},
          {"file", placeJson(table.file)},
          {"blocks", std::move(kinds)}};
}

std::string clocksText(const ClockTable& table, const DelayFit& fit) {
  const DelayFigures& delays = fit.figures;
  return fmt::format(
      "{} with {}: {} blocks placed and routed [measured]\n{}\n"
      "Delay of a path = {:.2f} ns + {:.2f} ns a look-up table + {:.3f} ns a carry + {:.2f} ns at "
      "a "
      "block memory + {:.2f} ns each doubling of what a signal drives\n"
      "Relative errors of the clock, median / worst: fitted {}, held out {} of {} blocks\n"
      "90 % of the blocks took {:.2f} to {:.2f} times the delay that was estimated\n",
      table.device, table.tool, table.rows.size(), placeText(table.file), delays.base, delays.level,
      delays.carry, delays.memory, delays.fan, errorsText(fit.fitted), errorsText(fit.held_out),
      fit.held_out.blocks, delays.low, delays.high);
}

nlohmann::ordered_json clocksJson(const ClockTable& table, const DelayFit& fit) {
  const DelayFigures& delays = fit.figures;
  return {{"schema", "a2q-clocks-1"},
          {"device", table.device},
          {"tool", table.tool},
          {"file", placeJson(table.file)},
          {"blocks", table.rows.size()},
          {"base_ns", delays.base},
          {"level_ns", delays.level},
          {"carry_ns", delays.carry},
          {"memory_ns", delays.memory},
          {"fan_ns", delays.fan},
          {"interval", {delays.low, delays.high}},
          {"fitted", errorsJson(fit.fitted)},
          {"held_out", errorsJson(fit.held_out)}};
}

}  // namespace a2q::cli
