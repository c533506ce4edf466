// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/estimate_verify.h"

#include <fmt/format.h>

#include "app/cli/design_words.h"
#include "core/base/text_table.h"

namespace a2q::cli {
namespace {

std::string differenceText(double estimate, double synthesis) {
  if (synthesis <= 0) return "";
  return fmt::format("{:+.1f} %", 100 * (estimate - synthesis) / synthesis);
}

std::vector<std::string> row(const std::string& name, const ResourceVector& estimate,
                             const ResourceVector& synthesis, ModelKind model) {
  return {name,
          fmt::format("{:.0f}", estimate.lut),
          fmt::format("{:.0f}", synthesis.lut),
          differenceText(estimate.lut, synthesis.lut),
          estimatesRegisters(model) ? fmt::format("{:.0f}", estimate.ff) : "",
          fmt::format("{:.0f}", synthesis.ff),
          fmt::format("{:.0f}", estimate.bram),
          fmt::format("{:.0f}", synthesis.bram)};
}

}  // namespace

std::string synthesisText(const EstimateReport& report, const DesignSynthesis& synthesis) {
  const DesignPlan& plan = report.plan;
  const ModelKind model = report.request.model;
  TextRows rows{{"layer", areaText(*plan.device->family) + " estimate", "synthesis", "difference",
                 "FF estimate", "synthesis", "BRAM estimate", "synthesis"}};
  const auto& layers = plan.design.network.layers;
  for (std::size_t i = 1; i < layers.size(); ++i) {
    rows.push_back(row(layers[i].name, plan.estimate.layers[i].value, *synthesis.layers[i], model));
  }
  rows.push_back(row("total", plan.estimate.total.value, *synthesis.total, model));
  return fmt::format(
      "\nAgainst synthesis of every block on its own with {}, weights made up within P "
      "[measured; before placement]\n{}",
      synthesis.tool, tableText(rows, {0, 1, 2, 3, 4, 5, 6, 7}, {0}));
}

nlohmann::ordered_json synthesisJson(const EstimateReport& report,
                                     const DesignSynthesis& synthesis) {
  const DesignPlan& plan = report.plan;
  nlohmann::ordered_json layers = nlohmann::ordered_json::array();
  for (std::size_t i = 1; i < plan.design.network.layers.size(); ++i) {
    layers.push_back(
        {{"layer", plan.design.network.layers[i].name},
         {"estimate", estimatedJson(plan.estimate.layers[i].value, report.request.model)},
         {"synthesis", resourcesJson(*synthesis.layers[i])}});
  }
  return {{"tool", synthesis.tool},
          {"total", resourcesJson(*synthesis.total)},
          {"layers", std::move(layers)}};
}

}  // namespace a2q::cli
