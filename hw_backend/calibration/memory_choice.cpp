// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/calibration/memory_choice.h"

#include <array>
#include <limits>
#include <span>

#include "core/base/ceil_divide.h"

namespace a2q {
namespace {

/// The price of look-up tables as memory, and how many bits of them are taken.
struct TableMemory {
  double price = std::numeric_limits<double>::infinity();  ///< that of none
  double bits = 0;
  std::int64_t deep = 1;
};

/// Four look-up tables of 7 series as a memory: so many words, so many bits of each at most.
struct TableShape {
  std::int64_t words = 0;
  std::int64_t lanes = 0;
};
constexpr std::array kTwoAddresses = {TableShape{32, 6}, TableShape{64, 3}};
constexpr std::array kOneAddress = {TableShape{32, 8}, TableShape{64, 4}, TableShape{128, 2},
                                    TableShape{256, 1}};

/// The cheapest of some shapes; where not all bits of the last one are used it costs `least` and a
/// share of the rest.
TableMemory cheapestTables(std::span<const TableShape> shapes, double least, std::int64_t words,
                           std::int64_t bits) {
  constexpr double kFull = 8;
  TableMemory cheapest;
  for (const auto& [deep_words, lanes] : shapes) {
    const std::int64_t deep = ceilDivide(words, deep_words);
    const std::int64_t full = bits / lanes;
    const auto rest = static_cast<double>(bits % lanes) / static_cast<double>(lanes);
    const double partly = rest > 0 ? least + (kFull - least) * rest : 0;
    const auto stack = static_cast<double>(deep);
    const double price = stack * (kFull * static_cast<double>(full) + partly) +
                         kMultiplexerPrice * static_cast<double>(bits * (deep - 1));
    if (price < cheapest.price)
      cheapest = {price, static_cast<double>(deep * 4 * 64 * ceilDivide(bits, lanes)), deep};
  }
  return cheapest;
}

TableMemory tableMemory(const Family& family, std::int64_t words, std::int64_t bits,
                        bool one_address) {
  const auto width = static_cast<double>(bits);
  const std::int64_t rows = ceilDivide(words, 16);
  const double cells = static_cast<double>(rows * ceilDivide(bits, 4));
  const double joined = kMultiplexerPrice * width * static_cast<double>(rows - 1);
  if (family.name == "ecp5") return {4 * cells + joined, 64 * cells, rows};
  if (family.name == "gowin") return {static_cast<double>(rows) * width + joined, 64 * cells, rows};
  if (family.name != "xc7") return {};
  const TableMemory two = cheapestTables(kTwoAddresses, 1, words, bits);
  const TableMemory one = one_address ? cheapestTables(kOneAddress, 0, words, bits) : TableMemory{};
  return one.price < two.price ? one : two;
}

MemoryChoice chosen(const Family& family, std::int64_t words, std::int64_t bits, MemoryStyle style,
                    bool one_address) {
  const MemoryStack stack = family.stackFor(words, bits);
  const auto all = static_cast<double>(words * bits);
  const double in_blocks = static_cast<double>(family.bram_price * stack.blocks);
  if (style == MemoryStyle::kBlock) return {stack, 0, 0};
  const TableMemory tables = tableMemory(family, words, bits, one_address);
  if (tables.price <= all && tables.price < in_blocks) return {{0, tables.deep}, tables.bits, 0};
  if (in_blocks < all) return {stack, 0, 0};
  return {{}, 0, all};
}

}  // namespace

MemoryChoice writtenMemory(const Family& family, std::int64_t words, std::int64_t bits,
                           MemoryStyle style) {
  return chosen(family, words, bits, style, false);
}

MemoryChoice oneAddressMemory(const Family& family, std::int64_t words, std::int64_t bits,
                              MemoryStyle style) {
  return chosen(family, words, bits, style, true);
}

MemoryChoice replayMemory(const DotShape& dot, const Family& family) {
  if (dot.folds() < 2 || replaysFromRing(dot)) return {};
  return oneAddressMemory(family, dot.steps(), dot.simd * dot.input.width.bits,
                          MemoryStyle::kLogic);
}

}  // namespace a2q
