// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/run_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "app/cli/output.h"
#include "core/base/text_table.h"
#include "core/training/checkpoint.h"

namespace a2q::cli {
namespace {

std::string marginText(const LayerBound& layer) {
  if (!layer.margin) return "–";
  if (std::isinf(layer.margin->bits)) return "all";
  return fmt::format("{:+.2f} bit ({:.1f} %)", layer.margin->bits, layer.margin->percent);
}

std::string budgetText(const LayerBound& layer) {
  return layer.budget ? toString(layer.budget->floor()) : "–";
}

std::string methodOf(const IntegerWeights& weights) {
  if (!weights.rule) return "qat";
  return weights.rule == L1Rule::kA2q ? "a2q" : "a2q+";
}

std::vector<std::string> rowOf(const LayerBound& layer, const IntegerWeights& weights) {
  const std::int64_t largest = layer.channels.empty() ? 0 : layer.channels[layer.worst].sums.l1();
  return {
      layer.layer,
      methodOf(weights),
      fmt::format("{}", layer.k),
      fmt::format("{}", layer.weight_bits.bits),
      fmt::format("{}{}", layer.input_format.width.bits, layer.input_format.isSigned() ? "s" : "u"),
      layer.accumulator ? fmt::format("{}", layer.accumulator->bits) : "free",
      fmt::format("{}", largest),
      budgetText(layer),
      marginText(layer),
      fmt::format("[{}, {}]", toString(layer.range.low), toString(layer.range.high)),
      fmt::format("{}", layer.smallest.bits),
      fmt::format("{:.1f} %", 100 * layer.sparsity)};
}

/// One table where it fits, else two: the promise, then what the weights really do.
std::string layerTable(const TextRows& rows, std::size_t columns) {
  const std::vector<std::size_t> promise{0, 1, 2, 3, 4, 5, 6, 7, 8};
  const std::vector<std::size_t> fact{0, 9, 10, 11};
  std::vector<std::size_t> all = promise;
  all.insert(all.end(), fact.begin() + 1, fact.end());
  const std::vector<std::size_t> words{0, 1};
  if (tableWidth(rows, all) <= columns) return tableText(rows, all, words);
  return tableText(rows, promise, words) + "\n" + tableText(rows, fact, words);
}

std::size_t channelCount(const Certificate& certificate) {
  std::size_t count = 0;
  for (const LayerBound& layer : certificate.layers) {
    if (layer.accumulator) count += layer.channels.size();
  }
  return count;
}

/// Layers that overflow nothing because they compute nothing.
std::string deadText(const Certificate& certificate) {
  std::string text;
  for (const LayerBound& layer : certificate.layers) {
    const auto dead =
        std::count_if(layer.channels.begin(), layer.channels.end(),
                      [](const ChannelBound& channel) { return channel.sums.l1() == 0; });
    if (dead == 0) continue;
    text += fmt::format(
        "Note: {} of {} channels of {} have no weight left but zeros; a wider "
        "accumulator or method a2q+ keeps more.\n",
        dead, layer.channels.size(), layer.layer);
  }
  return text;
}

std::string verdictText(const Certificate& certificate) {
  const std::size_t channels = channelCount(certificate);
  if (channels == 0) {
    return "No layer has an accumulator target; 'smallest P' says what each would need.\n";
  }
  if (certificate.safe()) {
    return fmt::format(
        "Certified: no input can overflow, in {} of {} channels with a target P "
        "(exact integer arithmetic).\n",
        channels, channels);
  }
  std::string text = "OVERFLOW POSSIBLE:\n";
  for (const LayerBound& layer : certificate.layers) {
    const auto unsafe = std::count_if(layer.channels.begin(), layer.channels.end(),
                                      [](const ChannelBound& channel) { return !channel.safe; });
    if (unsafe == 0) continue;
    text +=
        fmt::format("  {}: {} of {} channels leave {} bits; {} would be enough\n", layer.layer,
                    unsafe, layer.channels.size(), layer.accumulator->bits, layer.smallest.bits);
  }
  return text;
}

nlohmann::ordered_json layerJson(const LayerBound& layer, const IntegerWeights& weights) {
  nlohmann::ordered_json out;
  out["layer"] = layer.layer;
  out["method"] = methodOf(weights);
  out["K"] = layer.k;
  out["M"] = layer.weight_bits.bits;
  out["N"] = layer.input_format.width.bits;
  out["inputs_signed"] = layer.input_format.isSigned();
  out["P"] = layer.accumulator ? nlohmann::ordered_json(layer.accumulator->bits) : nullptr;
  out["largest_l1"] = layer.channels.empty() ? 0 : layer.channels[layer.worst].sums.l1();
  out["l1_budget"] = layer.budget ? jsonInteger(layer.budget->floor()) : nullptr;
  out["margin_bits"] = layer.margin ? jsonNumber(layer.margin->bits) : nullptr;
  out["range_low"] = jsonInteger(layer.range.low);
  out["range_high"] = jsonInteger(layer.range.high);
  out["smallest_safe_P"] = layer.smallest.bits;
  out["sparsity"] = layer.sparsity;
  out["safe"] = layer.safe();
  return out;
}

/// The last test and, where it was better, the best one.
std::string scoresText(const RunRecord& record) {
  if (record.epochs.empty()) return {};
  const EpochRecord& last = record.epochs.back();
  const std::string_view metric = metricName(record.metric);
  std::string out = fmt::format("Test {} {} after {} [measured on {}].\n", metric,
                                scoreText(record.metric, last.test_score),
                                epochName(last.phase, last.epoch), record.data_source);
  const EpochRecord* best = bestEpoch(record.epochs);
  if (best != nullptr && best->test_score > last.test_score) {
    out += fmt::format("The best was {} after epoch {}: {}.\n",
                       scoreText(record.metric, best->test_score), best->epoch, kBestFile);
  }
  return out;
}

/// Why it ended before what was asked for, and how far it came.
std::string stateText(const RunRecord& record) {
  if (record.state == RunState::kFinished) {
    return record.state_cause.empty() ? std::string() : record.state_cause + ".\n\n";
  }
  const auto main_epochs =
      std::count_if(record.epochs.begin(), record.epochs.end(),
                    [](const EpochRecord& epoch) { return epoch.phase == TrainPhase::kMain; });
  return fmt::format("Not finished: {}; whole epochs: {} of {}.\n\n", record.state_cause,
                     main_epochs, record.experiment.training.epochs);
}

}  // namespace

std::string runText(const RunRecord& record, const std::filesystem::path& folder,
                    std::size_t columns) {
  std::string out = stateText(record);
  if (!record.certificate.layers.empty()) {
    TextRows rows{{"layer", "method", "K", "M", "N", "P", "max ‖q‖₁", "budget", "margin",
                   "exact range", "smallest P", "sparsity"}};
    for (std::size_t i = 0; i < record.certificate.layers.size(); ++i) {
      rows.push_back(rowOf(record.certificate.layers[i], record.weights[i]));
    }
    out += layerTable(rows, columns);
    out +=
        "K dot-product length, M weight bits, N input bits (u unsigned, s signed), P accumulator "
        "bits;\nbudget: largest ‖q‖₁ that P allows [bound]; range: of every partial sum, bias "
        "and batch norm come after it [exact];\nmargin: log2(limit of P / end of the range), and "
        "the unused share; smallest P and sparsity [exact].\n\n";
    out += verdictText(record.certificate);
    out += deadText(record.certificate);
  } else if (record.state != RunState::kFinished) {
    out += "Nothing is certified: see why the training ended.\n";
  } else {
    out += "A float network: nothing is quantized, so there is nothing to certify.\n";
  }
  out += scoresText(record);
  out += fmt::format("Results: {}\n", folder.string());
  return out;
}

nlohmann::ordered_json runJson(const RunRecord& record, const std::filesystem::path& folder) {
  nlohmann::ordered_json out;
  out["schema"] = "a2q-train-1";
  out["network"] = record.experiment.network.name;
  out["state"] = stateName(record.state);
  if (!record.state_cause.empty()) out["state_cause"] = record.state_cause;
  out["backend"] = record.backend;
  out["data"] = record.data_source;
  out["seed"] = record.experiment.training.seed;
  out["epochs"] = record.epochs.size();
  if (!record.epochs.empty()) {
    out[fmt::format("test_{}", metricKey(record.metric))] =
        jsonNumber(record.epochs.back().test_score);
    out["test_loss"] = jsonNumber(record.epochs.back().test_loss);
  }
  const Certificate& certificate = record.certificate;
  // Nothing certified is not the same as safe.
  out["safe"] = certificate.layers.empty() ? nlohmann::ordered_json()
                                           : nlohmann::ordered_json(certificate.safe());
  out["certified_channels"] = certificate.safe() ? channelCount(certificate) : 0;
  out["layers"] = nlohmann::ordered_json::array();
  for (std::size_t i = 0; i < record.certificate.layers.size(); ++i) {
    out["layers"].push_back(layerJson(record.certificate.layers[i], record.weights[i]));
  }
  out["results"] = folder.string();
  return out;
}

}  // namespace a2q::cli
