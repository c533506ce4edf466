// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/calibration/complete_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>
#include <variant>

namespace a2q {
namespace {

constexpr std::size_t kKinds = std::variant_size_v<Block>;

template <std::size_t... kKind>
std::array<std::string_view, kKinds> namesOf(std::index_sequence<kKind...> /*kinds*/) {
  return {blockName(Block(std::in_place_index<kKind>))...};
}

tl::unexpected<Error> lacks(const std::string& what) {
  return fail(ErrorCode::kFileFormat, "the measurements are not complete", what);
}

Status checkBlocks(const MeasurementTable& table) {
  constexpr std::size_t kFewest = 5;
  std::array<std::size_t, kKinds> fitted{};
  for (const Measurement& row : table.rows) {
    if (!row.held_out) ++fitted[row.block.index()];
  }
  const auto names = namesOf(std::make_index_sequence<kKinds>());
  for (std::size_t i = 0; i < kKinds; ++i) {
    if (fitted[i] >= kFewest) continue;
    return lacks(fmt::format("a fit takes at least {} blocks of the kind {}, here are {}", kFewest,
                             names[i], fitted[i]));
  }
  return {};
}

}  // namespace

Status checkComplete(const MeasurementTable& table, const Family& family) {
  if (table.family != family.name) {
    return fail(
        ErrorCode::kFileFormat,
        fmt::format("the measurements are of the family {}, not of {}", table.family, family.name));
  }
  if (Status blocks = checkBlocks(table); !blocks) return blocks;
  const auto missing = std::ranges::count_if(productGrid(), [&](const Product& product) {
    return std::ranges::find(table.products, product, &ProductMeasurement::product) ==
           table.products.end();
  });
  if (missing > 0) return lacks(fmt::format("{} products are missing", missing));
  return {};
}

}  // namespace a2q
