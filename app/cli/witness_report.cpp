// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/witness_report.h"

#include <fmt/format.h>

#include "app/cli/output.h"
#include "core/base/text_table.h"

namespace a2q::cli {
namespace {

/// Products shown at each end of a long dot product.
constexpr std::size_t kEnds = 8;

/// "[3][0][2]": input channel, kernel row, kernel column; "[3]" where the kernel is one value.
std::string positionText(const WitnessReport& report, std::size_t index) {
  const auto i = static_cast<std::int64_t>(index);
  const std::int64_t area = report.kernel.height * report.kernel.width;
  if (area == 1) return fmt::format("[{}]", report.first_input + i);
  return fmt::format("[{}][{}][{}]", report.first_input + i / area, i % area / report.kernel.width,
                     i % report.kernel.width);
}

std::string_view nameOf(Overflow overflow) {
  return overflow == Overflow::kWrap ? "wrap" : "saturate";
}

std::string productsTable(const WitnessReport& report) {
  const WitnessAnswer& answer = report.answer;
  TextRows rows{{"position", "weight q", "input x", "q·x", "running sum"}};
  const std::size_t k = answer.weights.size();
  for (std::size_t i = 0; i < k; ++i) {
    if (k > 2 * kEnds + 1 && i == kEnds) {
      rows.push_back({fmt::format("... {} more", k - 2 * kEnds), "", "", "", ""});
      i = k - kEnds;
    }
    const Int128 product = Int128{answer.weights[i]} * answer.witness.inputs[i];
    rows.push_back({positionText(report, i), fmt::format("{}", answer.weights[i]),
                    fmt::format("{}", answer.witness.inputs[i]), a2q::toString(product),
                    a2q::toString(answer.witness.running_sums[i])});
  }
  return tableText(rows, {0, 1, 2, 3, 4}, {0});
}

std::string outcomesTable(const WitnessAnswer& answer) {
  TextRows rows{{"P", "holds", "mode", "result", "verdict"}};
  for (const ReplayOutcome& outcome : answer.outcomes) {
    const AccumulatorSpec spec{outcome.accumulator};
    rows.push_back(
        {fmt::format("{}", outcome.accumulator.bits),
         fmt::format("{} .. {}", a2q::toString(spec.minimum()), a2q::toString(spec.maximum())),
         std::string(nameOf(outcome.overflow)), fmt::format("{}", outcome.result),
         outcome.overflowed ? "OVERFLOW" : "exact"});
  }
  return tableText(rows, {0, 1, 2, 3, 4}, {2, 4});
}

}  // namespace

std::string witnessText(const WitnessReport& report) {
  const WitnessAnswer& answer = report.answer;
  const bool high = answer.side == WitnessSide::kHigh;
  std::string out = fmt::format(
      "{}, channel {}: K = {}, exact range {} .. {}, smallest safe P = {} [exact]\n"
      "The input that attains {} = {}: xmax where q {} 0, xmin elsewhere.\n\n",
      answer.layer, answer.channel, answer.weights.size(), a2q::toString(answer.range.low),
      a2q::toString(answer.range.high), answer.smallest.bits, high ? "hi" : "lo",
      a2q::toString(answer.end()), high ? ">" : "<");
  out += productsTable(report);
  out += "\nReplayed by the reference engine [exact]:\n\n" + outcomesTable(answer);
  if (answer.smallest.bits == 1) out += "\nThe channel is all zeros: nothing can overflow it.\n";
  return out;
}

nlohmann::ordered_json witnessJson(const WitnessReport& report) {
  const WitnessAnswer& answer = report.answer;
  nlohmann::ordered_json out;
  out["schema"] = "a2q-witness-1";
  out["layer"] = answer.layer;
  out["channel"] = answer.channel;
  out["end"] = answer.side == WitnessSide::kHigh ? "high" : "low";
  out["range"] = {jsonInteger(answer.range.low), jsonInteger(answer.range.high)};
  out["smallest_safe_P"] = answer.smallest.bits;
  out["P"] = answer.judged ? nlohmann::ordered_json(answer.judged->bits) : nullptr;
  out["kernel"] = {report.kernel.height, report.kernel.width};
  out["first_input_channel"] = report.first_input;
  out["weights"] = answer.weights;
  out["inputs"] = answer.witness.inputs;
  for (const Int128 sum : answer.witness.running_sums) {
    out["running_sums"].push_back(jsonInteger(sum));
  }
  for (const ReplayOutcome& outcome : answer.outcomes) {
    out["replays"].push_back({{"P", outcome.accumulator.bits},
                              {"overflow", nameOf(outcome.overflow)},
                              {"result", jsonInteger(outcome.result)},
                              {"overflowed", outcome.overflowed}});
  }
  return out;
}

}  // namespace a2q::cli
