// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/quant/weight_rule.h"

#include <algorithm>

namespace a2q {

WeightRule makeWeightRule(QuantMethod method, BitWidth weight_bits, IntegerFormat input_format,
                          std::optional<BitWidth> accumulator) {
  WeightRule rule;
  rule.method = method;
  rule.limit = static_cast<double>(weightLimit(weight_bits));
  rule.inputs = rangeOf(input_format);
  if (!rule.constrained() || !accumulator) return rule;
  const L1Rule l1_rule = rule.centred() ? L1Rule::kA2qPlus : L1Rule::kA2q;
  rule.budget = l1Budget(l1_rule, *accumulator, input_format).value();
  // Beyond 2^62 no sum of 64-bit products that fits in memory can reach the limit.
  const Int128 limit = AccumulatorSpec{*accumulator}.maximum();
  rule.accumulator_max = static_cast<std::int64_t>(std::min(limit, (Int128{1} << 62) - 1));
  return rule;
}

WeightRule weightRuleOf(const WeightPlan& plan) {
  QuantMethod method = plan.method;
  if (method == QuantMethod::kA2qPlus && plan.rule == L1Rule::kA2q) method = QuantMethod::kA2q;
  WeightRule rule = makeWeightRule(method, plan.weight_bits, plan.input_format, plan.accumulator);
  rule.inputs = plan.input_range;
  return rule;
}

}  // namespace a2q
