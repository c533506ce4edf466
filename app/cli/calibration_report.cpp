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
      "{} with {}: relative errors, median / worst [measured]\n\n{}\nLUT are logic cells on iCE40. "
      "BRAM otherwise: blocks that take other block memories than their sizes say.\n",
      table.family, table.tool, tableText(rows, {0, 1, 2, 3, 4, 5, 6, 7}, {0}));
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
          {"blocks", std::move(kinds)}};
}

}  // namespace a2q::cli
