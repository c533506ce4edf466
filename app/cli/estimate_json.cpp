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

nlohmann::ordered_json planJson(const DesignPlan& plan, ModelKind model) {
  const ResourceEstimate& total = plan.estimate.total;
  nlohmann::ordered_json out{{"resources", estimatedJson(total.value, model)}};
  if (total.low) out["low"] = estimatedJson(*total.low, model);
  if (total.high) out["high"] = estimatedJson(*total.high, model);
  out["larger_than_measured"] = total.larger;
  out["source"] = total.source;
  out["interval_cycles"] = plan.design.interval;
  out["latency_cycles"] = plan.design.latency;
  out["clock_hz"] = plan.clock_hz;
  out["clock"] = clockJson(plan);
  out["samples_per_second"] = plan.rate();
  out["latency_seconds"] = plan.latency();
  out["proven"] = plan.proven;
  return out;
}

nlohmann::ordered_json layersJson(const DesignPlan& plan, ModelKind model) {
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
                               {"resources", estimatedJson(plan.estimate.layers[i].value, model)}};
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

nlohmann::ordered_json estimatedJson(const ResourceVector& use, ModelKind model) {
  auto out = resourcesJson(use);
  if (!estimatesRegisters(model)) out["ff"] = nullptr;
  return out;
}

nlohmann::ordered_json estimateJson(const EstimateReport& report) {
  const DataflowDesign& design = report.plan.design;
  const Stage& slowest = design.stages[design.bottleneck];
  const ModelKind model = report.request.model;
  nlohmann::ordered_json out{{"schema", "a2q-estimate-1"},
                             {"network", design.network.name},
                             {"trained", report.trained},
                             {"device", report.plan.device->name},
                             {"family", report.plan.device->family->name},
                             {"area_unit", report.plan.device->family->area_unit},
                             {"totals", resourcesJson(report.plan.device->totals)},
                             {"limit", resourcesJson(report.limit())},
                             {"model", modelName(model)},
                             {"policy", policyName(report.policy)},
                             {"clock_hz", report.plan.clock_hz},
                             {"clock_given", report.request.clock_hz.has_value()},
                             {"plan", planJson(report.plan, model)}};
  out["bottleneck"] = {{"layer", design.network.layers[slowest.layer].name},
                       {"block", blockName(slowest.block)}};
  out["layers"] = layersJson(report.plan, model);
  out["policies"] = nlohmann::ordered_json::array();
  for (const PolicyPlan& one : report.policies) {
    nlohmann::ordered_json row{{"policy", policyName(one.policy)}};
    row["same_folding"] = one.same_folding ? planJson(*one.same_folding, model) : nullptr;
    row["own_folding"] = one.own_folding ? planJson(*one.own_folding, model) : nullptr;
    if (one.error) row["reason"] = reasonText(*one.error);
    out["policies"].push_back(std::move(row));
  }
  return out;
}

}  // namespace a2q::cli
