// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/integer/exchange/qonnx/qonnx_limits.h"

#include <algorithm>

#include "core/integer/exchange/accumulator_facts.h"

namespace a2q {
namespace {

constexpr int kFloatDigits = 24;
constexpr int kDoubleDigits = 53;

bool fits(AccumulatorRange range, int digits) {
  const Int128 limit = Int128{1} << digits;
  return -limit < range.low && range.high < limit;
}

}  // namespace

AccumulatorRange runningRange(const IntegerNetwork& network, std::size_t index) {
  const IntegerNode& node = network.nodes[index];
  AccumulatorRange range{std::min<Int128>(node.range.minimum, 0),
                         std::max<Int128>(node.range.maximum, 0)};
  if (const auto* dot = std::get_if<DotProduct>(&node.operation)) {
    return accumulatorFacts(dot->weights, network.nodes[node.inputs.front()].range).range;
  }
  if (!std::holds_alternative<Sum>(node.operation)) return range;
  AccumulatorRange sums;
  for (const std::size_t input : node.inputs) {
    sums.low += std::min<std::int64_t>(network.nodes[input].range.minimum, 0);
    sums.high += std::max<std::int64_t>(network.nodes[input].range.maximum, 0);
  }
  return sums;
}

bool fitsDouble(AccumulatorRange range) { return fits(range, kDoubleDigits); }

Container containerOf(AccumulatorRange range) {
  return fits(range, kFloatDigits) ? Container::kFloat : Container::kDouble;
}

}  // namespace a2q
