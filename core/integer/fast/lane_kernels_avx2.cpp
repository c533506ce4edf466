// SPDX-License-Identifier: GPL-3.0-or-later
#if defined(__x86_64__)
#include <immintrin.h>

#include "core/integer/fast/byte_sum_loops.h"
#include "core/integer/fast/dense_loops.h"
#include "core/integer/fast/lane_kernels_by_level.h"

#define A2Q_AVX2 __attribute__((target("avx2")))

namespace a2q {
namespace {

/// The sums of one column: two registers of eight samples for each of four channels.
struct Sums {
  __m256i low[4];
  __m256i high[4];
};

A2Q_AVX2 inline void store(const DenseTile& tile, std::int64_t column, const Sums& sums) {
#pragma GCC unroll 4
  for (int c = 0; c < 4; ++c) {
    std::int32_t* to = tile.sums + (c * tile.stride + column) * kQuadLanes;
    const __m256i start = _mm256_set1_epi32(tile.starts[c]);
    _mm256_store_si256(reinterpret_cast<__m256i*>(to), _mm256_add_epi32(sums.low[c], start));
    _mm256_store_si256(reinterpret_cast<__m256i*>(to + 8), _mm256_add_epi32(sums.high[c], start));
  }
}

A2Q_AVX2 inline __m256i loadHalf(const std::uint8_t* at) {
  return _mm256_load_si256(reinterpret_cast<const __m256i*>(at));
}

/// Right for all codes and weights of 8 bits: products of 16 × 16 bits.
A2Q_AVX2 void denseExact(const DenseTile& tile) {
  const __m256i low_byte = _mm256_set1_epi16(0xff);
  for (std::int64_t i = 0; i < tile.count; ++i) {
    Sums sums;
#pragma GCC unroll 4
    for (int c = 0; c < 4; ++c) sums.low[c] = sums.high[c] = _mm256_setzero_si256();
    const auto* weights = static_cast<const std::int32_t*>(tile.weights);
    for (std::int64_t q = 0; q < tile.quads; ++q, weights += 8) {
      const std::uint8_t* at = tile.columns[i] + tile.offsets[q];
      const __m256i x = loadHalf(at);
      const __m256i y = loadHalf(at + 32);
      const __m256i x_even = _mm256_and_si256(x, low_byte);
      const __m256i y_even = _mm256_and_si256(y, low_byte);
      const __m256i x_odd = _mm256_srli_epi16(x, 8);
      const __m256i y_odd = _mm256_srli_epi16(y, 8);
#pragma GCC unroll 4
      for (int c = 0; c < 4; ++c) {
        const __m256i even = _mm256_set1_epi32(weights[2 * c]);
        const __m256i odd = _mm256_set1_epi32(weights[2 * c + 1]);
        sums.low[c] = _mm256_add_epi32(sums.low[c], _mm256_madd_epi16(x_even, even));
        sums.low[c] = _mm256_add_epi32(sums.low[c], _mm256_madd_epi16(x_odd, odd));
        sums.high[c] = _mm256_add_epi32(sums.high[c], _mm256_madd_epi16(y_even, even));
        sums.high[c] = _mm256_add_epi32(sums.high[c], _mm256_madd_epi16(y_odd, odd));
      }
    }
    store(tile, i, sums);
  }
}

/// vpmaddubsw saturates; here it never has to. Sums of pairs are widened at once.
A2Q_AVX2 void densePairs(const DenseTile& tile) {
  const __m256i ones = _mm256_set1_epi16(1);
  for (std::int64_t i = 0; i < tile.count; ++i) {
    Sums sums;
#pragma GCC unroll 4
    for (int c = 0; c < 4; ++c) sums.low[c] = sums.high[c] = _mm256_setzero_si256();
    const auto* weights = static_cast<const std::int32_t*>(tile.weights);
    for (std::int64_t q = 0; q < tile.quads; ++q, weights += 4) {
      const std::uint8_t* at = tile.columns[i] + tile.offsets[q];
      const __m256i x = loadHalf(at);
      const __m256i y = loadHalf(at + 32);
#pragma GCC unroll 4
      for (int c = 0; c < 4; ++c) {
        const __m256i w = _mm256_set1_epi32(weights[c]);
        sums.low[c] =
            _mm256_add_epi32(sums.low[c], _mm256_madd_epi16(_mm256_maddubs_epi16(x, w), ones));
        sums.high[c] =
            _mm256_add_epi32(sums.high[c], _mm256_madd_epi16(_mm256_maddubs_epi16(y, w), ones));
      }
    }
    store(tile, i, sums);
  }
}

/// All sums fit 16 bits: half the work of densePairs.
A2Q_AVX2 void denseWords(const DenseTile& tile) {
  const __m256i ones = _mm256_set1_epi16(1);
  for (std::int64_t i = 0; i < tile.count; ++i) {
    Sums sums;
#pragma GCC unroll 4
    for (int c = 0; c < 4; ++c) sums.low[c] = sums.high[c] = _mm256_setzero_si256();
    const auto* weights = static_cast<const std::int32_t*>(tile.weights);
    for (std::int64_t q = 0; q < tile.quads; ++q, weights += 4) {
      const std::uint8_t* at = tile.columns[i] + tile.offsets[q];
      const __m256i x = loadHalf(at);
      const __m256i y = loadHalf(at + 32);
#pragma GCC unroll 4
      for (int c = 0; c < 4; ++c) {
        const __m256i w = _mm256_set1_epi32(weights[c]);
        sums.low[c] = _mm256_add_epi16(sums.low[c], _mm256_maddubs_epi16(x, w));
        sums.high[c] = _mm256_add_epi16(sums.high[c], _mm256_maddubs_epi16(y, w));
      }
    }
#pragma GCC unroll 4
    for (int c = 0; c < 4; ++c) {
      sums.low[c] = _mm256_madd_epi16(sums.low[c], ones);
      sums.high[c] = _mm256_madd_epi16(sums.high[c], ones);
    }
    store(tile, i, sums);
  }
}

A2Q_AVX2 void thresholds(const ThresholdTile& tile, const std::int32_t* sums) {
  loops::thresholds(tile, sums);
}

A2Q_AVX2 void byteSums64(const ByteSumTile& tile) { loops::byteSums<64, 2>(tile); }
A2Q_AVX2 void byteSums32(const ByteSumTile& tile) { loops::byteSums<32, 4>(tile); }
A2Q_AVX2 void byteSums16(const ByteSumTile& tile) { loops::byteSums<16, 4>(tile); }

A2Q_AVX2 void wordThresholds64(const ThresholdTile& tile, const std::int16_t* sums) {
  loops::wordThresholds<64>(tile, sums);
}
A2Q_AVX2 void wordThresholds32(const ThresholdTile& tile, const std::int16_t* sums) {
  loops::wordThresholds<32>(tile, sums);
}
A2Q_AVX2 void wordThresholds16(const ThresholdTile& tile, const std::int16_t* sums) {
  loops::wordThresholds<16>(tile, sums);
}

}  // namespace

LaneKernels avx2Kernels() {
  return {.lanes = 32,
          .dense_exact = denseExact,
          .exact_packing = DensePacking::kWords,
          .dense_pairs = densePairs,
          .dense_words = denseWords,
          .thresholds = thresholds,
          .byte_sums = {byteSums16, byteSums32, byteSums64},
          .word_thresholds = {wordThresholds16, wordThresholds32, wordThresholds64}};
}

}  // namespace a2q
#endif
