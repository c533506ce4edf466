// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/calibration/block_fits.h"

#include <utility>

#include "hw_backend/calibration/features.h"

namespace a2q {
namespace {

constexpr std::size_t kKinds = std::variant_size_v<Block>;

/// Samples of one group or one kind, of look-up tables and registers.
struct Samples {
  std::vector<Sample> lut;
  std::vector<Sample> ff;

  void add(const Features& features, const Measurement& row) {
    lut.push_back({features.lut, row.use.lut, row.held_out});
    ff.push_back({features.ff, row.use.ff, row.held_out});
  }
};

/// Units of dot products and thresholds are described by their parts alone; the few features of the
/// other kinds make up for each other.
FitSigns fitSigns(std::size_t group) {
  return group == fitGroup(MvauBlock{}) ? FitSigns::kParts : FitSigns::kFree;
}

}  // namespace

BlockFits fitBlocks(const MeasurementTable& table, const Family& family) {
  const ProductTable products(table.products);
  std::array<Samples, kKinds> groups;
  std::array<Samples, kKinds> kinds;
  BlockFits fits;
  for (const Measurement& row : table.rows) {
    const Features features = featuresOf(row.block, family, products);
    groups[fitGroup(row.block)].add(features, row);
    kinds[row.block.index()].add(features, row);
    auto& fit = fits[row.block.index()];
    if (!fit) fit = BlockFit{blockName(row.block), fitGroup(row.block), {}, {}, 0, 0};
    ++fit->blocks;
    if (blockMemories(row.block, family) != row.use.bram) ++fit->other_memories;
  }
  std::array<std::vector<double>, kKinds> lut;
  std::array<std::vector<double>, kKinds> ff;
  for (std::size_t i = 0; i < kKinds; ++i) {
    const FitSigns signs = fitSigns(i);
    lut[i] = fitCoefficients(groups[i].lut, signs);
    ff[i] = fitCoefficients(groups[i].ff, signs);
  }
  for (std::size_t i = 0; i < kKinds; ++i) {
    if (!fits[i]) continue;
    fits[i]->lut = judge(lut[fits[i]->group], kinds[i].lut);
    fits[i]->ff = judge(ff[fits[i]->group], kinds[i].ff);
  }
  return fits;
}

}  // namespace a2q
