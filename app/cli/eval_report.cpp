// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/eval_report.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/cli/output.h"
#include "core/base/text_table.h"
#include "core/data/psnr.h"
#include "core/integer/integer_evaluation.h"

namespace a2q::cli {
namespace {

const PhotoSet& photosOf(const EvalReport& report) {
  return a2q::photosOf(report.data, report.part);
}

/// The accumulators of one layer, its channels taken together.
struct LayerTotal {
  ChannelObservation seen;
  std::size_t overflowing = 0;  ///< channels with at least one overflow
};

LayerTotal totalOf(const LayerObservation& layer) {
  LayerTotal total;
  for (const ChannelObservation& channel : layer.channels) {
    total.seen.overflows += channel.overflows;
    total.seen.low = std::min(total.seen.low, channel.low);
    total.seen.high = std::max(total.seen.high, channel.high);
    total.overflowing += channel.overflows > 0 ? 1 : 0;
  }
  return total;
}

std::string accumulatorText(const EvalReport& report) {
  TextRows rows{
      {"layer", "channels", "overflowing", "sums overflowed", "least sum", "largest sum"}};
  for (const LayerObservation& layer : report.observations) {
    const LayerTotal total = totalOf(layer);
    rows.push_back({report.network->nodes[layer.node].name, std::to_string(layer.channels.size()),
                    std::to_string(total.overflowing), std::to_string(total.seen.overflows),
                    std::to_string(total.seen.low), std::to_string(total.seen.high)});
  }
  return fmt::format("Accumulators {}: {} sums overflowed [exact integers].\n{}",
                     report.accumulators, overflowCount(report.observations),
                     tableText(rows, {0, 1, 2, 3, 4, 5}, {0}));
}

}  // namespace

std::string evalText(const EvalReport& report) {
  const EvalResult& result = report.result;
  std::string out = fmt::format(
      "{} {} {} on {} {} samples of {} [measured, {}].\n", report.model.experiment.network.name,
      metricName(result.metric), scoreText(result.metric, result.score), result.samples,
      report.part == DataPart::kTrain ? "training" : "test", report.data.name, report.arithmetic);
  if (!report.accumulators.empty()) out += accumulatorText(report);
  if (result.metric == Metric::kPsnr) {
    const double baseline = bicubicPsnr(photosOf(report));
    out += fmt::format("Bicubic enlargement reaches {:.2f} dB: {:+.2f} dB [measured].\n", baseline,
                       result.score - baseline);
    constexpr std::size_t kFew = 20;
    const PhotoSet& photos = photosOf(report);
    for (std::size_t i = 0; i < result.photo_scores.size() && photos.pairs.size() <= kFew; ++i) {
      out += fmt::format("  {:<24} {:.2f} dB\n", photos.pairs[i].name, result.photo_scores[i]);
    }
  }
  out += fmt::format("Loss {:.4f}; {:.1f} s; {} from {}.\n", result.loss, result.seconds,
                     report.model.path.string(), report.data.source);
  return out;
}

nlohmann::ordered_json evalJson(const EvalReport& report) {
  const EvalResult& result = report.result;
  nlohmann::ordered_json out;
  out["schema"] = "a2q-eval-1";
  out["network"] = report.model.experiment.network.name;
  out["method"] = methodName(report.model.experiment.quant.method);
  out["arithmetic"] = report.arithmetic;
  out["file"] = report.model.path.string();
  out["data"] = report.data.name;
  out["part"] = report.part == DataPart::kTrain ? "train" : "test";
  out["samples"] = result.samples;
  out["loss"] = jsonNumber(result.loss);
  out[metricKey(result.metric)] = jsonNumber(result.score);
  if (!report.accumulators.empty()) {
    out["accumulators"] = report.accumulators;
    out["overflows"] = overflowCount(report.observations);
    for (const LayerObservation& layer : report.observations) {
      nlohmann::ordered_json row;
      row["layer"] = report.network->nodes[layer.node].name;
      for (const ChannelObservation& channel : layer.channels) {
        row["overflows"].push_back(channel.overflows);
        row["low"].push_back(jsonInteger(channel.low));
        row["high"].push_back(jsonInteger(channel.high));
      }
      out["layers"].push_back(std::move(row));
    }
  }
  if (result.metric == Metric::kPsnr) {
    out["bicubic_psnr_db"] = jsonNumber(bicubicPsnr(photosOf(report)));
    for (std::size_t i = 0; i < result.photo_scores.size(); ++i) {
      out["photos"].push_back({{"name", photosOf(report).pairs[i].name},
                               {metricKey(Metric::kPsnr), jsonNumber(result.photo_scores[i])}});
    }
  }
  out["seconds"] = jsonNumber(result.seconds);
  return out;
}

}  // namespace a2q::cli
