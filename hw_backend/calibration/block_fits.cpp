// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/calibration/block_fits.h"

#include <utility>

#include "hw_backend/calibration/features.h"

namespace a2q {

BlockFits fitBlocks(const MeasurementTable& table, const Family& family) {
  struct Samples {
    std::vector<Sample> lut;
    std::vector<Sample> ff;
    std::size_t other_memories = 0;
    std::string_view kind;
  };
  std::array<Samples, std::variant_size_v<Block>> kinds;
  for (const Measurement& row : table.rows) {
    Samples& samples = kinds[row.block.index()];
    Features features = featuresOf(row.block, family);
    samples.kind = blockName(row.block);
    samples.lut.push_back({std::move(features.lut), row.use.lut, row.held_out});
    samples.ff.push_back({std::move(features.ff), row.use.ff, row.held_out});
    if (blockMemories(row.block, family) != row.use.bram) ++samples.other_memories;
  }
  BlockFits fits;
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    const Samples& samples = kinds[i];
    if (samples.lut.empty()) continue;
    fits[i] = BlockFit{samples.kind, fitLinear(samples.lut), fitLinear(samples.ff),
                       samples.other_memories, samples.lut.size()};
  }
  return fits;
}

}  // namespace a2q
