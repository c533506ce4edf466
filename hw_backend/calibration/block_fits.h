// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <variant>

#include "hw_backend/calibration/fit.h"
#include "hw_backend/calibration/measurements.h"
#include "hw_backend/device/device.h"

namespace a2q {

/// The fitted models of one kind of block, and how many of its measured blocks take other block
/// memories than blockMemories() says.
struct BlockFit {
  std::string_view kind;  ///< blockName()
  std::size_t group = 0;  ///< fitGroup()
  LinearFit lut;
  LinearFit ff;
  std::size_t other_memories = 0;
  std::size_t blocks = 0;
};

/// By the position of the kind in the variant Block; none: no block of the kind was measured.
using BlockFits = std::array<std::optional<BlockFit>, std::variant_size_v<Block>>;

/// Fits every group of blocks to the measurements of a family, and judges each kind by its own.
[[nodiscard]] BlockFits fitBlocks(const MeasurementTable& table, const Family& family);

}  // namespace a2q
