// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/integer/fast/dot_geometry.h"

namespace a2q {
namespace {

constexpr std::int64_t kQuadBytes = kQuadLanes * 4;

/// The sums of the layer itself, before the window.
Shape sumShape(const DotProduct& dot, const Shape& padded) {
  return {dot.weights.channels, (padded.height - dot.kernel.height) / dot.stride.height + 1,
          (padded.width - dot.kernel.width) / dot.stride.width + 1};
}

void placeResults(const DotProduct& dot, DotGeometry& geometry) {
  const Extent& size = geometry.window.size;
  for (std::int64_t y = 0; y < geometry.output.height; ++y) {
    for (std::int64_t x = 0; x < geometry.output.width; ++x) {
      for (std::int64_t i = 0; i < geometry.window.count(); ++i) {
        const std::int64_t sum_y = y * size.height + i / size.width;
        const std::int64_t sum_x = x * size.width + i % size.width;
        geometry.positions.push_back(sum_y * dot.stride.height * geometry.padded.width +
                                     sum_x * dot.stride.width);
      }
    }
  }
}

/// Calls body(channel within the group, position in the padded plane) in the order of the weights.
template <class Body>
void forKernel(const DotProduct& dot, std::int64_t channels, std::int64_t width, const Body& body) {
  for (std::int64_t c = 0; c < channels; ++c) {
    for (std::int64_t ky = 0; ky < dot.kernel.height; ++ky) {
      for (std::int64_t kx = 0; kx < dot.kernel.width; ++kx) body(c, ky * width + kx);
    }
  }
}

}  // namespace

DotGeometry dotGeometry(const DotPlan& plan, const Shape& input, const FusedWindow& window,
                        std::int64_t lanes) {
  const DotProduct& dot = *plan.dot;
  DotGeometry geometry;
  geometry.lanes = lanes;
  geometry.input = input;
  geometry.padded = {input.channels, input.height + 2 * dot.padding.height,
                     input.width + 2 * dot.padding.width};
  const Shape sums = sumShape(dot, geometry.padded);
  geometry.window = window;
  geometry.output = {sums.channels, sums.height / window.size.height,
                     sums.width / window.size.width};
  placeResults(dot, geometry);
  const std::int64_t plane = geometry.padded.height * geometry.padded.width;
  for (std::int64_t group = 0; group < dot.groups; ++group) {
    if (plan.kernel == DotKernel::kDense) {
      forKernel(dot, plan.quads, geometry.padded.width, [&](std::int64_t quad, std::int64_t at) {
        geometry.quad_offsets.push_back(((group * plan.quads + quad) * plane + at) * kQuadBytes);
      });
    } else {
      forKernel(dot, plan.group_inputs, geometry.padded.width,
                [&](std::int64_t channel, std::int64_t at) {
                  geometry.tap_rows.push_back((group * plan.group_inputs + channel) * plane + at);
                });
    }
  }
  geometry.quads_of_group = plan.quads * dot.kernel.height * dot.kernel.width;
  for (std::size_t c = 0; c < plan.programs.size(); ++c) {
    geometry.entry_first.push_back(geometry.entry_offsets.size());
    const std::int64_t group = static_cast<std::int64_t>(c) / plan.group_channels;
    for (const std::int32_t tap : plan.programs[c].taps) {
      const auto row = static_cast<std::size_t>(group * dot.weights.k + tap);
      geometry.entry_offsets.push_back(geometry.tap_rows[row] * lanes);
    }
  }
  return geometry;
}

}  // namespace a2q
