// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/data/counter_random.h"
#include "tests/hw_backend/rtl/bench.h"
#include "tests/hw_backend/rtl/expected.h"

namespace a2q::rtl_test {

/// MVAU and depthwise units with and without thresholds: random inputs and every channel's two
/// witnesses. One of them, "narrow", has accumulators one bit too narrow for its witnesses.
[[nodiscard]] std::vector<BenchCase> dotCases();

/// Thresholds alone, sliding windows, poolings, width converters, FIFOs, adders, forks.
[[nodiscard]] std::vector<BenchCase> streamCases();

/// `count` random values of a format, the ends of its range among them.
[[nodiscard]] Integers randomValues(IntegerFormat format, std::size_t count, std::uint64_t seed);

}  // namespace a2q::rtl_test
