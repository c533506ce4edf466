// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/estimate_report.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/cli/design_words.h"
#include "core/base/text_table.h"

namespace a2q::cli {
namespace {

/// The plan of the same folding under a policy, if it was asked for.
const DesignPlan* sameFolding(const EstimateReport& report, AccumulatorPolicy policy) {
  const auto found = std::ranges::find(report.policies, policy, &PolicyPlan::policy);
  const bool there = found != report.policies.end() && found->same_folding;
  return there ? &*found->same_folding : nullptr;
}

std::string layerTable(const EstimateReport& report) {
  const DesignPlan& plan = report.plan;
  const DesignPlan* fixed = sameFolding(report, AccumulatorPolicy::kFixed32);
  const bool compares = fixed != nullptr && report.policy != AccumulatorPolicy::kFixed32;
  const std::string area = areaText(*plan.device->family);
  TextRows rows{{"layer", "blocks", "MW→MH", "M", "N", "P", "PE", "SIMD", "weights in",
                 "thresholds", "vectors", "cycles", area, "FF", "BRAM", area + " at P=32"}};
  const auto& layers = plan.design.network.layers;
  for (std::size_t i = 1; i < layers.size(); ++i) {
    const DesignLayer& layer = layers[i];
    const LayerFolding& folding = plan.design.folding.layers[i];
    const ResourceVector& use = plan.estimate.layers[i].value;
    const bool weights = layer.hasWeights();
    rows.push_back(
        {layer.name, std::string(operationText(layer)), shapeText(layer),
         weights ? std::to_string(layer.weights.bits) : "",
         std::to_string(layer.input_formats.front().width.bits),
         weights ? std::to_string(layer.accumulator.bits) : "", std::to_string(folding.pe),
         layer.operation == DesignOperation::kDense ? std::to_string(folding.simd) : "",
         memoryText(layer, folding), thresholdText(layer, folding), std::to_string(layer.pixels()),
         std::to_string(cyclesOf(plan.design, i)), fmt::format("{:.0f}", use.lut),
         fmt::format("{:.0f}", use.ff), fmt::format("{:.0f}", use.bram),
         compares ? fmt::format("{:.0f}", fixed->estimate.layers[i].value.lut) : ""});
  }
  const ResourceVector& total = plan.estimate.total.value;
  rows.push_back({"total", "", "", "", "", "", "", "", "", "", "",
                  std::to_string(plan.design.interval), fmt::format("{:.0f}", total.lut),
                  fmt::format("{:.0f}", total.ff), fmt::format("{:.0f}", total.bram),
                  compares ? fmt::format("{:.0f}", fixed->estimate.total.value.lut) : ""});
  std::vector<std::size_t> shown{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
  if (estimatesRegisters(report.request.model)) shown.push_back(13);
  shown.push_back(14);
  if (compares) shown.push_back(15);
  return tableText(rows, shown, {0, 1, 8, 9});
}

std::string widthsText(const DesignPlan& plan) {
  int least = 0;
  int most = 0;
  for (const DesignLayer& layer : plan.design.network.layers) {
    if (!layer.hasWeights()) continue;
    const int bits = layer.accumulator.bits;
    least = least == 0 ? bits : std::min(least, bits);
    most = std::max(most, bits);
  }
  return least == most ? fmt::format("{}", least) : fmt::format("{}–{}", least, most);
}

std::string policyTable(const EstimateReport& report) {
  const std::string area = areaText(*report.plan.device->family);
  TextRows rows{{"policy", "P", area, "BRAM", "MHz", "own folding: " + area, "BRAM", "samples/s"}};
  std::string reasons;
  for (const PolicyPlan& one : report.policies) {
    std::vector<std::string> row{
        std::string(policyName(one.policy)), "-", "-", "-", "-", "-", "-", "-"};
    if (one.same_folding) {
      const ResourceVector& use = one.same_folding->estimate.total.value;
      row[1] = widthsText(*one.same_folding);
      row[2] = fmt::format("{:.0f}", use.lut);
      row[3] = fmt::format("{:.0f}", use.bram);
      row[4] = fmt::format("{:.0f}", one.same_folding->clock.hz / 1e6);
    }
    if (one.own_folding) {
      const ResourceVector& use = one.own_folding->estimate.total.value;
      row[5] = fmt::format("{:.0f}", use.lut);
      row[6] = fmt::format("{:.0f}", use.bram);
      row[7] = fmt::format("{:.5g}", one.own_folding->rate());
    }
    rows.push_back(std::move(row));
    if (one.error) {
      reasons += fmt::format("{}: {}.\n", policyName(one.policy), reasonText(*one.error));
    }
  }
  return tableText(rows, {0, 1, 2, 3, 4, 5, 6, 7}, {0}) + reasons;
}

std::string rangeText(const DesignPlan& plan) {
  const ResourceEstimate& total = plan.estimate.total;
  if (total.low && total.high) {
    std::string text = fmt::format("synthesis was seen from {:.0f} to {:.0f} {} for such a figure",
                                   total.low->lut, total.high->lut, plan.device->family->area_unit);
    if (total.larger > 0)
      text += fmt::format("; larger than any measured block: {} of {} blocks", total.larger,
                          plan.design.stages.size());
    return text;
  }
  std::string text =
      fmt::format("no error is known for look-up tables of {} inputs: compare, do not plan",
                  plan.device->family->lut_inputs);
  // A carry without a look-up table takes a whole logic cell.
  if (plan.device->family->area_unit == "LC") text += "; cells of carries alone are not counted";
  return text;
}

std::string clockText(const DesignPlan& plan) {
  constexpr double kMega = 1e6;
  const ClockEstimate& clock = plan.clock;
  const Stage& stage = plan.design.stages[clock.stage];
  std::string text = fmt::format(
      "Highest clock {:.0f} MHz, {:.0f} to {:.0f}: {} in the {} of '{}', {:.3g} look-up tables and "
      "{:.3g} carries deep [estimate, {}]\n",
      clock.hz / kMega, clock.low / kMega, clock.high / kMega, clock.path.name,
      blockName(stage.block), plan.design.network.layers[stage.layer].name, clock.path.levels,
      clock.path.carries, clock.source);
  if (plan.clock_hz > clock.high) text += "The clock asked for is faster than that.\n";
  return text;
}

std::string headText(const EstimateReport& report) {
  const DesignPlan& plan = report.plan;
  const Device& device = *plan.device;
  const ResourceVector& use = plan.estimate.total.value;
  const TightestResource worst = tightest(use, device.totals);
  const Stage& slowest = plan.design.stages[plan.design.bottleneck];
  std::string text = fmt::format(
      "{} on {} ({}), policy {}: {:.0f} of {:.0f} {} ({:.1f} %), {:.0f} of {:.0f} {} ({:.1f} %)\n",
      plan.design.network.name, device.part, device.family->title, policyName(report.policy),
      use.lut, device.totals.lut, device.family->area_unit, 100 * use.lut / device.totals.lut,
      use.bram, device.totals.bram, device.family->bram_kind,
      device.totals.bram > 0 ? 100 * use.bram / device.totals.bram : 0);
  text += fmt::format("[{}; {}]\n", plan.estimate.total.source, rangeText(plan));
  text += fmt::format(
      "{:.5g} samples/s, latency {:.4g} ms at {:.4g} MHz ({}) [estimate: {} cycles a sample, {} "
      "from first input to last output]\n",
      plan.rate(), 1e3 * plan.latency(), plan.clock_hz / 1e6,
      report.request.clock_hz ? "given" : "estimate", plan.design.interval, plan.design.latency);
  text += clockText(plan);
  text += fmt::format(
      "Bottleneck: {} of '{}'. Tightest: {} at {:.1f} % of the device, {:.4g} % may "
      "be used.{}\n",
      blockName(slowest.block), plan.design.network.layers[slowest.layer].name,
      worst.name == "LUT" ? areaText(*device.family) : std::string(worst.name), 100 * worst.share,
      100 * report.request.utilisation,
      plan.proven ? ""
                  : " A better folding is not ruled out: two resources bind at once, or a FIFO "
                    "decides.");
  return text;
}

}  // namespace

std::string estimateText(const EstimateReport& report) {
  std::string text = headText(report) + '\n' + layerTable(report);
  text += fmt::format(
      "\nAccumulator policies: {}, BRAM and clock with the folding above, then the request solved "
      "anew for each.\n{}",
      areaText(*report.plan.device->family), policyTable(report));
  if (!report.trained) {
    text += "Without trained weights the exact range is not known";
    text += sameFolding(report, AccumulatorPolicy::kTarget) != nullptr
                ? "; a2q here is the target P of the layers that have one.\n"
                : ".\n";
  } else if (report.policy == AccumulatorPolicy::kTarget) {
    text +=
        "Under a2q a layer has the exact range of weights trained for P, at most P: as wide as "
        "minimised. What minimised costs without A2Q takes a network trained by QAT.\n";
  }
  return text;
}

}  // namespace a2q::cli
