// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/calibration/memory_choice.h"

#include <cmath>
#include <optional>

namespace a2q {
namespace {

double partsOf(std::int64_t whole, std::int64_t part) {
  return std::ceil(static_cast<double>(whole) / static_cast<double>(part));
}

/// The price of choosing a bit between two memories on top of each other.
constexpr double kMultiplexer = 0.5;

/// The price of look-up tables as memory, and how many bits of them are taken; none: the family has
/// no such memory.
struct TableMemory {
  double price = 0;
  double bits = 0;
  std::int64_t deep = 1;
};
std::optional<TableMemory> tableMemory(const Family& family, std::int64_t words,
                                       std::int64_t bits) {
  const auto width = static_cast<double>(bits);
  const std::int64_t rows = (words + 15) / 16;
  const double cells = static_cast<double>(rows) * partsOf(bits, 4);
  const double joined = kMultiplexer * width;
  if (family.name == "ecp5")
    return TableMemory{4 * cells + joined * static_cast<double>(rows - 1), 64 * cells, rows};
  if (family.name == "gowin")
    return TableMemory{static_cast<double>(rows) * width + joined * static_cast<double>(rows - 1),
                       64 * cells, rows};
  if (family.name == "xc7") {
    // Four look-up tables hold 32 words of six bits, or 64 of three.
    const std::int64_t lanes = words <= 32 ? 6 : 3;
    const std::int64_t deep = words <= 32 ? 1 : (words + 63) / 64;
    const std::int64_t full = bits / lanes;
    const auto rest = static_cast<double>(bits % lanes);
    const double partly = rest > 0 ? 1 + 7 * rest / static_cast<double>(lanes) : 0;
    const auto stack = static_cast<double>(deep);
    return TableMemory{stack * (8 * static_cast<double>(full) + partly) + joined * (stack - 1),
                       stack * 4 * 64 * partsOf(bits, lanes), deep};
  }
  return std::nullopt;
}

}  // namespace

MemoryChoice writtenMemory(const Family& family, std::int64_t words, std::int64_t bits,
                           MemoryStyle style) {
  const double block_price = family.name == "ice40" ? 64 : 128;
  const MemoryStack stack = family.stackFor(words, bits);
  const auto all = static_cast<double>(words * bits);
  const double in_blocks = block_price * static_cast<double>(stack.blocks);
  if (style == MemoryStyle::kBlock) return {stack, 0, 0};
  const auto tables = tableMemory(family, words, bits);
  if (tables && tables->price <= all && tables->price < in_blocks)
    return {{0, tables->deep}, tables->bits, 0};
  if (in_blocks < all) return {stack, 0, 0};
  return {{}, 0, all};
}

MemoryChoice replayMemory(const DotShape& dot, const Family& family) {
  if (dot.folds() < 2 || replaysFromRing(dot)) return {};
  return writtenMemory(family, dot.steps(), dot.simd * dot.input.width.bits, MemoryStyle::kLogic);
}

}  // namespace a2q
