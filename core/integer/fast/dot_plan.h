// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/integer/fast/byte_sum_program.h"
#include "core/integer/fast/lane_kernels.h"
#include "core/integer/fast/lane_tensor.h"
#include "core/integer/integer_network.h"

namespace a2q {

/// How a dot product is computed.
enum class DotKernel {
  kDense,     ///< four products an instruction, 32-bit sums
  kByteSums,  ///< additions of the weights that are not zero; sums fit 16 bits
  kTaps,      ///< one weight after the other, 32-bit sums
  kWide,      ///< one weight after the other, 64-bit sums
};

/// Four output channels of one group.
struct DenseBlock {
  std::int64_t channel = 0;  ///< the first
  std::int64_t count = 0;    ///< 1 to 4; weights of the others are zero
  std::int64_t group = 0;
  DenseKernel kernel = nullptr;
  std::vector<std::uint8_t> weights;
  std::int32_t starts[kQuadChannels] = {};
};

/// A dot product prepared for the bytes of its input and a level of kernels; knows nothing of
/// heights and widths yet. Sums start with low · Σ w, since byte 0 stands for `low`, and padding
/// with the byte that stands for 0.
struct DotPlan {
  const DotProduct* dot = nullptr;
  DotKernel kernel = DotKernel::kWide;
  std::int64_t group_inputs = 0;         ///< input channels of a group
  std::int64_t group_channels = 0;       ///< output channels of a group
  std::int64_t quads = 0;                ///< of four input channels, of a group and a position
  std::vector<DenseBlock> blocks;        ///< kDense
  std::vector<ByteSumProgram> programs;  ///< kByteSums
  std::vector<std::int64_t> starts;      ///< of each channel: low · Σ w
  std::string name;                      ///< for reports: "byte sums, 12 % of weights"
};

/// The exact range of the results for inputs of a range; ends beyond 64 bits are cut off there.
[[nodiscard]] IntegerRange dotRange(const DotProduct& dot, const IntegerRange& inputs);

/// Chooses the kernel by what each would cost for this layer, unless one is asked for and can do
/// it. `sums` is the range of the results, `input` how codes are stored.
[[nodiscard]] DotPlan planDot(const DotProduct& dot, const LaneFormat& input,
                              const IntegerRange& sums, KernelLevel level,
                              std::optional<DotKernel> wanted);

}  // namespace a2q
