// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/integer/witness_answer.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <set>

namespace a2q {
namespace {

/// P asked for, trained for and smallest, and one less than the narrowest that must hold.
std::vector<BitWidth> widthsOf(const WitnessAnswer& answer) {
  std::set<BitWidth, std::greater<>> widths;
  if (answer.judged) widths.insert(*answer.judged);
  const BitWidth must_hold = answer.given ? *answer.judged : answer.smallest;
  widths.insert(must_hold);
  if (must_hold.bits > 1) widths.insert({must_hold.bits - 1});
  return {widths.begin(), widths.end()};
}

}  // namespace

Result<WitnessAnswer> answerWitness(const IntegerWeights& weights,
                                    const WitnessQuestion& question) {
  if (question.channel < 0 || question.channel >= weights.channels) {
    return fail(ErrorCode::kUsage,
                fmt::format("layer {} has no channel '{}'", weights.layer, question.channel),
                fmt::format("its channels are 0 to {}", weights.channels - 1), "Name one of them.");
  }
  const auto row = weights.channel(question.channel);
  WitnessAnswer answer;
  answer.layer = weights.layer;
  answer.channel = question.channel;
  answer.weights.assign(row.begin(), row.end());
  answer.inputs = weights.input_range;
  answer.range = exactRange(signedSums(row), weights.input_range);
  answer.smallest = smallestAccumulator(answer.range);
  answer.side = question.side.value_or(decidingSide(answer.range));
  answer.witness = witnessOf(row, weights.input_range, answer.side);
  answer.judged = question.accumulator ? question.accumulator : weights.accumulator;
  answer.given = question.accumulator.has_value();
  auto outcomes = replay(weights, question.channel, answer.witness.inputs, widthsOf(answer));
  if (!outcomes) return forward(std::move(outcomes));
  answer.outcomes = std::move(*outcomes);
  return answer;
}

Status checkReplay(const WitnessAnswer& answer) {
  for (const ReplayOutcome& outcome : answer.outcomes) {
    if (agrees(outcome, answer.witness)) continue;
    return fail(ErrorCode::kMismatch, "engine and certificate disagree",
                fmt::format("{} channel {} at {} bits", answer.layer, answer.channel,
                            outcome.accumulator.bits));
  }
  return {};
}

bool overflowsJudged(const WitnessAnswer& answer) {
  return std::ranges::any_of(answer.outcomes, [&](const ReplayOutcome& outcome) {
    return outcome.accumulator == answer.judged && outcome.overflowed;
  });
}

}  // namespace a2q
