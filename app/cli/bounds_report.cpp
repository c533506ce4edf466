// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/bounds_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "app/cli/output.h"

namespace a2q::cli {
namespace {

using a2q::toString;
using Json = nlohmann::ordered_json;

int signBit(const BoundsQuestion& question) { return question.inputs.isSigned() ? 1 : 0; }

Finding dataTypeFinding(const BoundsQuestion& question) {
  const BitWidth bound = dataTypeBound(question.k, question.weights, question.inputs);
  const int n = question.inputs.width.bits;
  const int m = question.weights.bits;
  const int shift = n - signBit(question) + m - 1;
  return {.key = "data_type_bound",
          .title = "Data-type bound P*",
          .text = fmt::format("{} bits", bound.bits),
          .value = {{"bits", bound.bits}},
          .source = Source::kBound,
          .formula = "smallest P with K * 2^(N-sgn) * 2^(M-1) <= 2^(P-1) - 1",
          .numbers = fmt::format("{} * 2^({}-{}) * 2^({}-1) = {} <= 2^({}-1) - 1 = {}", question.k,
                                 n, signBit(question), m, toString(Int128{question.k} << shift),
                                 bound.bits, toString(AccumulatorSpec{bound}.maximum()))};
}

Finding rangeFinding(const BoundsQuestion& question) {
  const AccumulatorSpec spec{question.width()};
  return {.key = "accumulator_range",
          .title = "Accumulator range",
          .text = fmt::format("{} .. {}", toString(spec.minimum()), toString(spec.maximum())),
          .value = {{"low", jsonInteger(spec.minimum())}, {"high", jsonInteger(spec.maximum())}},
          .source = Source::kExact,
          .formula = "-2^(P-1) .. 2^(P-1) - 1",
          .numbers = fmt::format("P = {}: -2^{} .. 2^{} - 1", spec.width.bits, spec.width.bits - 1,
                                 spec.width.bits - 1)};
}

Finding largestKFinding(const BoundsQuestion& question) {
  const BitWidth p = question.width();
  const Int128 largest = largestDotLength(p, question.weights, question.inputs);
  const int n = question.inputs.width.bits;
  return {.key = "largest_k",
          .title = "Largest K safe for any weights",
          .text = toString(largest),
          .value = {{"k", jsonInteger(largest)}},
          .source = Source::kBound,
          .formula = "floor((2^(P-1) - 1) / (2^(N-sgn) * 2^(M-1)))",
          .numbers = fmt::format("floor({} / (2^({}-{}) * 2^({}-1))) = {}",
                                 toString(AccumulatorSpec{p}.maximum()), n, signBit(question),
                                 question.weights.bits, toString(largest))};
}

/// The words in which the two rules differ.
struct RuleWords {
  L1Rule rule;
  const char* key;
  const char* name;
  const char* condition;     ///< on the real weights, for the budget to hold
  const char* l1_condition;  ///< on the integers, for their L1 alone to decide
  const char* formula;
};

constexpr RuleWords kA2qWords = {L1Rule::kA2q,  "a2q",         "A2Q",
                                 "any weights", "any weights", "(2^(P-1) - 1) * 2^(sgn-N)"};
constexpr RuleWords kA2qPlusWords = {
    L1Rule::kA2qPlus,       "a2q_plus",        "A2Q+",
    "zero-centred weights", "only if S+ = S-", "(2^P - 2) / (2^N - 1)"};

Finding budgetFinding(const BoundsQuestion& question, const RuleWords& words) {
  const BitWidth p = question.width();
  const L1Budget budget = l1Budget(words.rule, p, question.inputs);
  const std::string fraction =
      fmt::format("{}/{}", toString(budget.numerator), toString(budget.denominator));
  return {.key = fmt::format("{}_budget", words.key),
          .title = fmt::format("{} L1 budget, {}", words.name, words.condition),
          .text = fmt::format("{} (floor {})", fraction, toString(budget.floor())),
          .value = {{"numerator", jsonInteger(budget.numerator)},
                    {"denominator", jsonInteger(budget.denominator)},
                    {"floor", jsonInteger(budget.floor())}},
          .source = Source::kBound,
          .formula = fmt::format("L1 <= {}", words.formula),
          .numbers = fmt::format("P = {}, N = {}, sgn = {}: L1 <= {}", p.bits,
                                 question.inputs.width.bits, signBit(question), fraction)};
}

Finding leastFinding(const BoundsQuestion& question, const RuleWords& words) {
  const BitWidth p = leastAccumulatorFor(words.rule, *question.l1, question.inputs);
  const L1Budget budget = l1Budget(words.rule, p, question.inputs);
  return {.key = fmt::format("{}_least_accumulator", words.key),
          .title = fmt::format("{} least P for this L1, {}", words.name, words.l1_condition),
          .text = fmt::format("{} bits", p.bits),
          .value = {{"bits", p.bits}},
          .source = Source::kBound,
          .formula = fmt::format("smallest P with L1 <= {}", words.formula),
          .numbers = fmt::format("{} <= {}/{}", *question.l1, toString(budget.numerator),
                                 toString(budget.denominator))};
}

Finding marginFinding(const BoundsQuestion& question, const RuleWords& words) {
  const L1Budget budget = l1Budget(words.rule, question.width(), question.inputs);
  const Margin margin = marginOf(*question.l1, budget);
  const bool allowed = budget.allows(*question.l1);
  const std::string share = allowed
                                ? fmt::format("{:.4g} % left", margin.percent)
                                : fmt::format("{:.4g} % over: overflow possible", -margin.percent);
  return {.key = fmt::format("{}_margin", words.key),
          .title = fmt::format("{} budget margin at P = {}, {}", words.name, question.width().bits,
                               words.l1_condition),
          .text = fmt::format("{:.4g} bits, {}", margin.bits, share),
          .value = {{"bits", jsonNumber(margin.bits)},
                    {"percent", jsonNumber(margin.percent)},
                    {"allowed", allowed}},
          .source = Source::kBound,
          .formula = "log2(budget / L1) bits, 100 * (1 - L1 / budget) per cent",
          .numbers = fmt::format("budget = {}/{}, L1 = {}", toString(budget.numerator),
                                 toString(budget.denominator), *question.l1)};
}

Finding worstFinding(const BoundsQuestion& question) {
  const IntegerRange inputs = rangeOf(question.inputs);
  const std::int64_t largest = std::max(inputs.maximum, -inputs.minimum);
  const Int128 worst = Int128{largest} * *question.l1;
  return {.key = "worst_case",
          .title = "Worst case, any weights",
          .text = fmt::format("{} .. {}", toString(-worst), toString(worst)),
          .value = {{"low", jsonInteger(-worst)}, {"high", jsonInteger(worst)}},
          .source = Source::kExact,
          .formula = "+-max|x| * L1, reached by weights of one sign",
          .numbers = fmt::format("+-{} * {}", largest, *question.l1)};
}

Finding centredWorstFinding(const BoundsQuestion& question) {
  const IntegerRange inputs = rangeOf(question.inputs);
  const std::int64_t span = inputs.maximum - inputs.minimum;
  const Int128 worst = Int128{span} * *question.l1 / 2;
  return {.key = "worst_case_zero_centred",
          .title = "Worst case, only if S+ = S-",
          .text = fmt::format("{} .. {}", toString(-worst), toString(worst)),
          .value = {{"low", jsonInteger(-worst)}, {"high", jsonInteger(worst)}},
          .source = Source::kBound,
          .formula =
              "+-floor((2^N - 1) * L1 / 2), half of L1 on either sign; integers rounded from "
              "zero-centred weights seldom balance: their exact range decides",
          .numbers = fmt::format("+-floor({} * {} / 2)", span, *question.l1)};
}

}  // namespace

std::vector<Finding> boundsFindings(const BoundsQuestion& question) {
  std::vector<Finding> findings = {dataTypeFinding(question), rangeFinding(question),
                                   budgetFinding(question, kA2qWords),
                                   budgetFinding(question, kA2qPlusWords)};
  if (question.accumulator) findings.push_back(largestKFinding(question));
  if (question.l1) {
    findings.push_back(leastFinding(question, kA2qWords));
    findings.push_back(leastFinding(question, kA2qPlusWords));
    findings.push_back(marginFinding(question, kA2qWords));
    findings.push_back(marginFinding(question, kA2qPlusWords));
    findings.push_back(worstFinding(question));
    findings.push_back(centredWorstFinding(question));
  }
  return findings;
}

}  // namespace a2q::cli
