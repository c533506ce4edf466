// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/integer/exchange/qonnx/qonnx_graph.h"

namespace a2q {

/// The range of everything that is summed up on the way to a node's result, and of the result.
[[nodiscard]] AccumulatorRange runningRange(const IntegerNetwork& network, std::size_t node);

/// Whether double holds every integer of a range, and one beyond it.
[[nodiscard]] bool fitsDouble(AccumulatorRange range);

/// float32 where it holds every integer of a range and one beyond it, else double.
[[nodiscard]] Container containerOf(AccumulatorRange range);

}  // namespace a2q
