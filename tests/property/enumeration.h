// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "core/bounds/accumulator_bounds.h"

namespace a2q::testing {

using Weights = std::vector<std::int32_t>;
using Inputs = std::vector<std::int64_t>;

/// Calls `visit` with every vector of `length` integers in [low, high].
void forEachVector(int length, std::int64_t low, std::int64_t high,
                   const std::function<void(const Inputs&)>& visit);

/// The weights as the bounds take them.
[[nodiscard]] Weights toWeights(const Inputs& values);

/// The least and largest sum of any subset of the products over every input vector. Every prefix
/// of every order, and every node of every adder tree, is the sum of a subset, and every subset is
/// a prefix of some order.
[[nodiscard]] AccumulatorRange enumeratedRange(const Weights& weights, IntegerRange inputs);

/// Least and largest running sum over all orders of the products.
[[nodiscard]] AccumulatorRange rangeOverOrders(std::vector<std::int64_t> products);

/// Least and largest node value over all binary adder trees on the products, in every order.
[[nodiscard]] AccumulatorRange rangeOverTrees(const std::vector<std::int64_t>& products);

/// The input formats that are small enough to enumerate: 1 to `widest` bits, both signs.
[[nodiscard]] std::vector<IntegerFormat> smallFormats(int widest);

/// "q = [1, -2], x in [0, 3]" for messages.
[[nodiscard]] std::string describeCase(const Weights& weights, IntegerRange inputs);

}  // namespace a2q::testing
