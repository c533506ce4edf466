// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/integer/fast/quad_planes.h"

#include <algorithm>
#include <cstring>

namespace a2q {
namespace {

using Bytes = std::uint8_t __attribute__((vector_size(16)));
using Words = std::uint16_t __attribute__((vector_size(16)));

constexpr std::int64_t kQuadBytes = kQuadLanes * 4;

Bytes load(const std::uint8_t* from) {
  Bytes bytes;
  std::memcpy(&bytes, from, sizeof bytes);
  return bytes;
}

void store(std::uint8_t* to, Words words) { std::memcpy(to, &words, sizeof words); }

/// Four rows of sixteen bytes, sample by sample.
void interleave(const std::uint8_t* const (&rows)[4], std::uint8_t* to) {
  const Bytes a = load(rows[0]);
  const Bytes b = load(rows[1]);
  const Bytes c = load(rows[2]);
  const Bytes d = load(rows[3]);
  const auto ab_low = reinterpret_cast<Words>(
      __builtin_shufflevector(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23));
  const auto ab_high = reinterpret_cast<Words>(
      __builtin_shufflevector(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31));
  const auto cd_low = reinterpret_cast<Words>(
      __builtin_shufflevector(c, d, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23));
  const auto cd_high = reinterpret_cast<Words>(
      __builtin_shufflevector(c, d, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31));
  store(to, __builtin_shufflevector(ab_low, cd_low, 0, 8, 1, 9, 2, 10, 3, 11));
  store(to + 16, __builtin_shufflevector(ab_low, cd_low, 4, 12, 5, 13, 6, 14, 7, 15));
  store(to + 32, __builtin_shufflevector(ab_high, cd_high, 0, 8, 1, 9, 2, 10, 3, 11));
  store(to + 48, __builtin_shufflevector(ab_high, cd_high, 4, 12, 5, 13, 6, 14, 7, 15));
}

/// Calls row(y) for the rows of a plane inside its padding and fills the rest with `zero`; `unit`
/// bytes are a position.
template <class Row>
void fillPlane(const DotGeometry& geometry, std::int64_t unit, std::uint8_t zero,
               std::uint8_t* plane, const Row& row) {
  const std::int64_t top = (geometry.padded.height - geometry.input.height) / 2;
  const std::int64_t left = (geometry.padded.width - geometry.input.width) / 2;
  const std::int64_t width = geometry.padded.width * unit;
  for (std::int64_t y = 0; y < geometry.padded.height; ++y, plane += width) {
    if (y < top || y >= top + geometry.input.height) {
      std::memset(plane, zero, static_cast<std::size_t>(width));
      continue;
    }
    std::memset(plane, zero, static_cast<std::size_t>(left * unit));
    row(y - top, plane + left * unit);
    std::memset(plane + (left + geometry.input.width) * unit, zero,
                static_cast<std::size_t>(left * unit));
  }
}

}  // namespace

std::int64_t quadPlanesSize(const DotPlan& plan, const DotGeometry& geometry) {
  return plan.dot->groups * plan.quads * geometry.padded.height * geometry.padded.width *
         kQuadBytes;
}

void packQuadPlanes(const LaneTensor& input, const DotPlan& plan, const DotGeometry& geometry,
                    std::int64_t first, std::uint8_t* out) {
  const std::int64_t plane = geometry.input.height * geometry.input.width;
  const std::int64_t lanes = input.lanes;
  const auto zero = static_cast<std::uint8_t>(-input.format.low);
  for (std::int64_t group = 0; group < plan.dot->groups; ++group) {
    for (std::int64_t quad = 0; quad < plan.quads; ++quad) {
      const std::uint8_t* planes[4];
      for (std::int64_t i = 0; i < 4; ++i) {
        // Channels beyond the last have weights of zero: any bytes will do.
        const std::int64_t channel = std::min(4 * quad + i, plan.group_inputs - 1);
        planes[i] = input.row<std::uint8_t>((group * plan.group_inputs + channel) * plane) + first;
      }
      fillPlane(geometry, kQuadBytes, zero, out, [&](std::int64_t y, std::uint8_t* to) {
        const std::int64_t begin = y * geometry.input.width;
        for (std::int64_t x = begin; x < begin + geometry.input.width; ++x, to += kQuadBytes) {
          const std::int64_t at = x * lanes;
          interleave({planes[0] + at, planes[1] + at, planes[2] + at, planes[3] + at}, to);
        }
      });
      out += geometry.padded.height * geometry.padded.width * kQuadBytes;
    }
  }
}

void padPlanes(const LaneTensor& input, const DotGeometry& geometry, std::uint8_t* out) {
  const std::int64_t unit = input.lanes;
  const auto zero = static_cast<std::uint8_t>(-input.format.low);
  const std::int64_t plane = geometry.input.height * geometry.input.width;
  const std::int64_t row_bytes = geometry.input.width * unit;
  for (std::int64_t c = 0; c < geometry.input.channels; ++c) {
    const std::uint8_t* from = input.row<std::uint8_t>(c * plane);
    fillPlane(geometry, unit, zero, out, [&](std::int64_t y, std::uint8_t* to) {
      std::memcpy(to, from + y * row_bytes, static_cast<std::size_t>(row_bytes));
    });
    out += geometry.padded.height * geometry.padded.width * unit;
  }
}

}  // namespace a2q
