// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>

#include "core/data/data_set.h"

namespace a2q {

/// Training and test images come from different streams of random numbers.
enum class DigitSplit : std::uint64_t { kTrain = 1, kTest = 2 };

inline constexpr std::int64_t kDigitsTrainCount = 12'000;
inline constexpr std::int64_t kDigitsTestCount = 2'000;

/// Draws image `index` into 28 × 28 codes, row-major, and returns its digit. Depends on the three
/// keys alone, and is equal to the last bit on every platform.
[[nodiscard]] std::uint8_t drawDigit(std::uint64_t seed, DigitSplit split, std::uint64_t index,
                                     std::span<std::uint8_t> pixels);

/// The first `count` images of a split. `threads` 0 takes what the machine has; the result does
/// not depend on it.
[[nodiscard]] ImageSet generateDigits(std::uint64_t seed, DigitSplit split, std::int64_t count,
                                      unsigned threads = 0);

}  // namespace a2q
