// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <cstring>

#include "core/integer/fast/lane_kernels.h"
#include "core/quant/multiversion.h"

// Sums of sparse layers without multiplications. Weights are sums of signed powers of two; the
// entries of one power are added byte by byte, a whole row of samples an instruction, for as long
// as they fit 8 bits, then added to 16-bit sums: `whole` takes the bytes two by two as they lie,
// `odd` the upper one of each pair, so that no byte has to change its place. All of it modulo 2^16,
// which is exact because the certificate keeps the result inside 16 bits.
namespace a2q::loops {

/// A register of kBytes bytes. Written out: compilers lose the attribute of a size that depends on
/// a template's argument.
template <int kBytes>
struct Row;

template <>
struct Row<16> {
  using Bytes = std::uint8_t __attribute__((vector_size(16), may_alias));
  using Words = std::uint16_t __attribute__((vector_size(16), may_alias));
  using SignedWords = std::int16_t __attribute__((vector_size(16), may_alias));
};

template <>
struct Row<32> {
  using Bytes = std::uint8_t __attribute__((vector_size(32), may_alias));
  using Words = std::uint16_t __attribute__((vector_size(32), may_alias));
  using SignedWords = std::int16_t __attribute__((vector_size(32), may_alias));
};

template <>
struct Row<64> {
  using Bytes = std::uint8_t __attribute__((vector_size(64), may_alias));
  using Words = std::uint16_t __attribute__((vector_size(64), may_alias));
  using SignedWords = std::int16_t __attribute__((vector_size(64), may_alias));
};

template <int kBytes, int kCount>
A2Q_INLINE void byteSumColumns(const ByteSumTile& tile, std::int64_t first) {
  using Bytes = typename Row<kBytes>::Bytes;
  using Words = typename Row<kBytes>::Words;
  const std::uint8_t* columns[kCount];
  Words whole[kCount];
  Words odd[kCount];
#pragma GCC unroll 8
  for (int i = 0; i < kCount; ++i) {
    columns[i] = tile.columns[first + i];
    whole[i] = Words{};
    odd[i] = Words{};
  }
  const std::int64_t* offset = tile.offsets;
  for (std::int64_t c = 0; c < tile.chunk_count; ++c) {
    const ByteChunk chunk = tile.chunks[c];
    if (chunk.shift != 0) {
      const auto shift = static_cast<std::uint16_t>(chunk.shift);
#pragma GCC unroll 8
      for (int i = 0; i < kCount; ++i) {
        whole[i] <<= shift;
        odd[i] <<= shift;
      }
    }
    Bytes sum[kCount] = {};
#pragma GCC unroll 8
    for (int i = 0; i < kCount; ++i) sum[i] += chunk.start;
    for (const std::int64_t* end = offset + chunk.adds; offset != end; ++offset) {
      const std::int64_t at = *offset;
#pragma GCC unroll 8
      for (int i = 0; i < kCount; ++i) sum[i] += *reinterpret_cast<const Bytes*>(columns[i] + at);
    }
    for (const std::int64_t* end = offset + chunk.subtracts; offset != end; ++offset) {
      const std::int64_t at = *offset;
#pragma GCC unroll 8
      for (int i = 0; i < kCount; ++i) sum[i] -= *reinterpret_cast<const Bytes*>(columns[i] + at);
    }
#pragma GCC unroll 8
    for (int i = 0; i < kCount; ++i) {
      const Words pairs = reinterpret_cast<Words&>(sum[i]);
      whole[i] += pairs;
      odd[i] += pairs >> 8;
    }
  }
  const auto last_shift = static_cast<std::uint16_t>(tile.last_shift);
  const auto start = static_cast<std::uint16_t>(tile.start);
#pragma GCC unroll 8
  for (int i = 0; i < kCount; ++i) {
    auto* to = reinterpret_cast<Words*>(tile.sums + (first + i) * kBytes);
    whole[i] <<= last_shift;
    odd[i] <<= last_shift;
    to[0] = whole[i] - (odd[i] << 8) + start;
    to[1] = odd[i] + start;
  }
}

template <int kBytes, int kCount>
A2Q_INLINE void byteSums(const ByteSumTile& tile) {
  std::int64_t first = 0;
  for (; first + kCount <= tile.count; first += kCount) {
    byteSumColumns<kBytes, kCount>(tile, first);
  }
  for (; first < tile.count; ++first) byteSumColumns<kBytes, 1>(tile, first);
}

/// Counts by comparing with every threshold, which suits short lists.
template <int kBytes>
A2Q_INLINE void wordThresholds(const ThresholdTile& tile, const std::int16_t* sums) {
  using Words = typename Row<kBytes>::SignedWords;
  using Unsigned = typename Row<kBytes>::Words;
  using Bytes = typename Row<kBytes>::Bytes;
  for (std::int64_t o = 0; o < tile.outputs; ++o) {
    const auto* from = reinterpret_cast<const Words*>(sums + o * tile.window * kBytes);
    Words even = from[0];
    Words odd = from[1];
    for (std::int64_t w = 1; w < tile.window; ++w) {
      even = from[2 * w] > even ? from[2 * w] : even;
      odd = from[2 * w + 1] > odd ? from[2 * w + 1] : odd;
    }
    Words even_count{};
    Words odd_count{};
    for (std::int64_t k = 0; k < tile.levels; ++k) {
      // "Never" is 32767 and above: sums stay below it.
      const std::int32_t threshold = tile.thresholds[k];
      const auto word = static_cast<std::int16_t>(threshold > 32767 ? 32767 : threshold);
      const Words limit = Words{} + word;
      even_count -= even >= limit;
      odd_count -= odd >= limit;
    }
    const Unsigned codes =
        reinterpret_cast<Unsigned&>(even_count) | (reinterpret_cast<Unsigned&>(odd_count) << 8);
    const Bytes result = reinterpret_cast<const Bytes&>(codes) + tile.base;
    std::memcpy(tile.to + tile.offsets[o], &result, kBytes);
  }
}

}  // namespace a2q::loops
