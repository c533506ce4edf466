// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/design_words.h"
#include "app/cli/estimate_report.h"

namespace a2q::cli {
namespace {

nlohmann::ordered_json clockJson(const DesignPlan& plan) {
  const ClockEstimate& clock = plan.clock;
  const Stage& stage = plan.design.stages[clock.stage];
  return {{"hz", clock.hz},
          {"low_hz", clock.low},
          {"high_hz", clock.high},
          {"layer", plan.design.network.layers[stage.layer].name},
          {"block", blockName(stage.block)},
          {"path", clock.path.name},
          {"levels", clock.path.levels},
          {"carries", clock.path.carries},
          {"source", clock.source}};
}

nlohmann::ordered_json planJson(const DesignPlan& plan) {
  nlohmann::ordered_json out{{"resources", resourcesJson(plan.estimate.total.value)}};
  if (plan.estimate.total.low) out["low"] = resourcesJson(*plan.estimate.total.low);
  if (plan.estimate.total.high) out["high"] = resourcesJson(*plan.estimate.total.high);
  out["larger_than_measured"] = plan.estimate.total.larger;
  out["source"] = plan.estimate.total.source;
  out["interval_cycles"] = plan.design.interval;
  out["latency_cycles"] = plan.design.latency;
  out["clock_hz"] = plan.clock_hz;
  out["clock"] = clockJson(plan);
  out["samples_per_second"] = plan.rate();
  out["latency_seconds"] = plan.latency();
  out["proven"] = plan.proven;
  return out;
}

nlohmann::ordered_json layersJson(const DesignPlan& plan) {
  nlohmann::ordered_json rows = nlohmann::ordered_json::array();
  const auto& layers = plan.design.network.layers;
  for (std::size_t i = 1; i < layers.size(); ++i) {
    const LayerFolding& folding = plan.design.folding.layers[i];
    nlohmann::ordered_json row{{"layer", layers[i].name},
                               {"blocks", operationText(layers[i])},
                               {"pe", folding.pe},
                               {"simd", folding.simd},
                               {"vectors", layers[i].pixels()},
                               {"cycles", cyclesOf(plan.design, i)},
                               {"resources", resourcesJson(plan.estimate.layers[i].value)}};
    if (layers[i].hasWeights()) {
      row["weight_bits"] = layers[i].weights.bits;
      row["input_bits"] = layers[i].input_formats.front().width.bits;
      row["accumulator_bits"] = layers[i].accumulator.bits;
      row["weights_in"] = memoryText(layers[i], folding);
    }
    if (layers[i].thresholds) row["thresholds"] = thresholdText(layers[i], folding);
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace

nlohmann::ordered_json resourcesJson(const ResourceVector& use) {
  return {{"lut", use.lut}, {"ff", use.ff}, {"bram", use.bram}, {"dsp", use.dsp}};
}

nlohmann::ordered_json estimateJson(const EstimateReport& report) {
  const DataflowDesign& design = report.plan.design;
  const Stage& slowest = design.stages[design.bottleneck];
  nlohmann::ordered_json out{{"schema", "a2q-estimate-1"},
                             {"network", design.network.name},
                             {"trained", report.trained},
                             {"device", report.plan.device->name},
                             {"family", report.plan.device->family->name},
                             {"area_unit", report.plan.device->family->area_unit},
                             {"totals", resourcesJson(report.plan.device->totals)},
                             {"limit", resourcesJson(report.limit())},
                             {"model", modelName(report.request.model)},
                             {"policy", policyName(report.policy)},
                             {"clock_hz", report.plan.clock_hz},
                             {"clock_given", report.request.clock_hz.has_value()},
                             {"plan", planJson(report.plan)}};
  out["bottleneck"] = {{"layer", design.network.layers[slowest.layer].name},
                       {"block", blockName(slowest.block)}};
  out["layers"] = layersJson(report.plan);
  out["policies"] = nlohmann::ordered_json::array();
  for (const PolicyPlan& one : report.policies) {
    nlohmann::ordered_json row{{"policy", policyName(one.policy)}};
    row["same_folding"] = one.same_folding ? planJson(*one.same_folding) : nullptr;
    row["own_folding"] = one.own_folding ? planJson(*one.own_folding) : nullptr;
    if (one.error) row["reason"] = reasonText(*one.error);
    out["policies"].push_back(std::move(row));
  }
  return out;
}

}  // namespace a2q::cli
