// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <vector>

#include "hw_backend/calibration/features.h"
#include "hw_backend/calibration/memory_choice.h"
#include "hw_backend/rtl/dot_shape.h"

namespace a2q {

[[nodiscard]] inline double real(std::int64_t value) { return static_cast<double>(value); }
[[nodiscard]] inline double oneIf(bool holds) { return holds ? 1 : 0; }

/// Bits of a counter over `count` values; none for one.
[[nodiscard]] double counterBits(std::int64_t count);

/// Adds terms of one sum, or of both.
void addTerms(std::vector<double>& to, std::initializer_list<double> terms);
void append(Features& to, const Features& more);

/// Constants that stand in look-up tables behind a register: `columns` bits of `words` words.
struct ConstantShape {
  double columns = 0;
  std::int64_t words = 0;
  double density = 0.5;   ///< how often a bit differs from what it mostly is, 0..0.5
  std::int64_t free = 0;  ///< words that are not always the same; 0: all
};

/// What is left of them: of few words there are few different columns.
struct ConstantTables {
  double registers = 0;  ///< columns that are different and not constant
  double tables = 0;     ///< those that are not another one's complement or a bit of the address
  double deep = 0;       ///< tables beyond the first of a column, weighed with the bits' entropy
  double filled = 0;     ///< those of them that are not all the same bit
  double shared = 0;     ///< the same, each counted by the doublings of how many there are
};
[[nodiscard]] ConstantTables constantTables(const ConstantShape& shape, const Family& family);

/// Terms of a unit of dot products (`replays`: an MVAU, which gives its inputs again to later
/// rows), and of thresholds, zeros where there are none. What they find at their input has `reach`
/// bits that differ. `stacked` bits are chosen among memories on top of each other, each counted
/// once for every memory beyond the first.
struct DotTerms {
  Features terms;
  double reach = 0;
  double stacked = 0;
};
[[nodiscard]] DotTerms dotTerms(const DotShape& dot, bool replays, const Family& family,
                                const ProductTable& products);
[[nodiscard]] Features thresholdTerms(const std::optional<ThresholdBlock>& block, double reach,
                                      const Family& family);
[[nodiscard]] double stackedBits(const std::optional<ThresholdBlock>& block, const Family& family);

/// Terms of the blocks that only move, order or add values.
[[nodiscard]] Features streamTerms(const SlidingWindowBlock& block, const Family& family);
[[nodiscard]] Features streamTerms(const PoolBlock& block);
[[nodiscard]] Features streamTerms(const WidthConverterBlock& block);
[[nodiscard]] Features streamTerms(const FifoBlock& block, const Family& family);
[[nodiscard]] Features streamTerms(const AddBlock& block);
[[nodiscard]] Features streamTerms(const ForkBlock& block);
[[nodiscard]] Features streamTerms(const ConcatBlock& block);
[[nodiscard]] Features streamTerms(const UpsampleBlock& block, const Family& family);
[[nodiscard]] Features streamTerms(const PixelShuffleBlock& block, const Family& family);

}  // namespace a2q
