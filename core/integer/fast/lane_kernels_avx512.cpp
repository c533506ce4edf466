// SPDX-License-Identifier: GPL-3.0-or-later
#if defined(__x86_64__)
#include <immintrin.h>

#include "core/integer/fast/byte_sum_loops.h"
#include "core/integer/fast/dense_loops.h"
#include "core/integer/fast/lane_kernels_by_level.h"

// GCC 12 warns of its own intrinsics (bug 105593).
#if !defined(__clang__)
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif

#define A2Q_AVX512 __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512vnni")))

namespace a2q {
namespace {

/// Four channels × kCount columns: 24 sums stay in registers.
template <int kCount>
A2Q_AVX512 void denseColumns(const DenseTile& tile, std::int64_t first) {
  const std::uint8_t* columns[kCount];
  __m512i sums[4][kCount];
#pragma GCC unroll 6
  for (int i = 0; i < kCount; ++i) {
    columns[i] = tile.columns[first + i];
#pragma GCC unroll 4
    for (int c = 0; c < 4; ++c) sums[c][i] = _mm512_set1_epi32(tile.starts[c]);
  }
  const auto* weights = static_cast<const std::int32_t*>(tile.weights);
  for (std::int64_t q = 0; q < tile.quads; ++q, weights += 4) {
    const std::int64_t at = tile.offsets[q];
    const __m512i w0 = _mm512_set1_epi32(weights[0]);
    const __m512i w1 = _mm512_set1_epi32(weights[1]);
    const __m512i w2 = _mm512_set1_epi32(weights[2]);
    const __m512i w3 = _mm512_set1_epi32(weights[3]);
#pragma GCC unroll 6
    for (int i = 0; i < kCount; ++i) {
      const __m512i x = _mm512_load_si512(columns[i] + at);
      sums[0][i] = _mm512_dpbusd_epi32(sums[0][i], x, w0);
      sums[1][i] = _mm512_dpbusd_epi32(sums[1][i], x, w1);
      sums[2][i] = _mm512_dpbusd_epi32(sums[2][i], x, w2);
      sums[3][i] = _mm512_dpbusd_epi32(sums[3][i], x, w3);
    }
  }
#pragma GCC unroll 4
  for (int c = 0; c < 4; ++c) {
    std::int32_t* to = tile.sums + (c * tile.stride + first) * kQuadLanes;
#pragma GCC unroll 6
    for (int i = 0; i < kCount; ++i) _mm512_store_si512(to + i * kQuadLanes, sums[c][i]);
  }
}

A2Q_AVX512 void dense(const DenseTile& tile) {
  std::int64_t first = 0;
  for (; first + 6 <= tile.count; first += 6) denseColumns<6>(tile, first);
  switch (tile.count - first) {
    case 5: return denseColumns<5>(tile, first);
    case 4: return denseColumns<4>(tile, first);
    case 3: return denseColumns<3>(tile, first);
    case 2: return denseColumns<2>(tile, first);
    case 1: return denseColumns<1>(tile, first);
    default: return;
  }
}

/// Fifteen ascending thresholds in a register that each lane looks up: a binary search of four
/// steps.
struct Search {
  __m512i table;
  __m512i middle;
};

A2Q_AVX512 inline Search searchOf(__m512i table) {
  return {table, _mm512_permutexvar_epi32(_mm512_set1_epi32(7), table)};
}

/// How many of them each value reaches.
A2Q_AVX512 inline __m512i reached(const Search& search, __m512i value) {
  const __m512i one = _mm512_set1_epi32(1);
  const __m512i two = _mm512_set1_epi32(2);
  const __m512i three = _mm512_set1_epi32(3);
  const __m512i four = _mm512_set1_epi32(4);
  __m512i count =
      _mm512_maskz_mov_epi32(_mm512_cmple_epi32_mask(search.middle, value), _mm512_set1_epi32(8));
  __m512i next = _mm512_permutexvar_epi32(_mm512_add_epi32(count, three), search.table);
  count = _mm512_mask_add_epi32(count, _mm512_cmple_epi32_mask(next, value), count, four);
  next = _mm512_permutexvar_epi32(_mm512_add_epi32(count, one), search.table);
  count = _mm512_mask_add_epi32(count, _mm512_cmple_epi32_mask(next, value), count, two);
  next = _mm512_permutexvar_epi32(count, search.table);
  return _mm512_mask_add_epi32(count, _mm512_cmple_epi32_mask(next, value), count, one);
}

/// Longer lists: every sixteenth part in a register, the steps within a part from memory.
struct LongSearch {
  const std::int32_t* thresholds;
  int part;
  Search coarse;
};

A2Q_AVX512 inline LongSearch longSearchOf(const ThresholdTile& tile) {
  const auto part = static_cast<int>((tile.levels + 1) / 16);
  const __m512i ends = _mm512_sub_epi32(
      _mm512_mullo_epi32(_mm512_setr_epi32(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16),
                         _mm512_set1_epi32(part)),
      _mm512_set1_epi32(1));
  return {tile.thresholds, part, searchOf(_mm512_i32gather_epi32(ends, tile.thresholds, 4))};
}

A2Q_AVX512 inline __m512i reached(const LongSearch& search, __m512i value) {
  __m512i count = _mm512_mullo_epi32(reached(search.coarse, value), _mm512_set1_epi32(search.part));
  for (int half = search.part / 2; half > 0; half /= 2) {
    const __m512i next = _mm512_i32gather_epi32(
        _mm512_add_epi32(count, _mm512_set1_epi32(half - 1)), search.thresholds, 4);
    count = _mm512_mask_add_epi32(count, _mm512_cmple_epi32_mask(next, value), count,
                                  _mm512_set1_epi32(half));
  }
  return count;
}

/// The largest of a window, then its code.
template <class AnySearch>
A2Q_AVX512 inline void thresholdsBy(const AnySearch& search, const ThresholdTile& tile,
                                    const std::int32_t* sums) {
  const __m512i base = _mm512_set1_epi32(tile.base);
  for (std::int64_t o = 0; o < tile.outputs; ++o) {
    const std::int32_t* from = sums + o * tile.window * kQuadLanes;
    __m512i value = _mm512_load_si512(from);
    for (std::int64_t w = 1; w < tile.window; ++w) {
      value = _mm512_max_epi32(value, _mm512_load_si512(from + w * kQuadLanes));
    }
    const __m128i codes = _mm512_cvtepi32_epi8(_mm512_add_epi32(reached(search, value), base));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(tile.to + tile.offsets[o]), codes);
  }
}

A2Q_AVX512 void thresholds(const ThresholdTile& tile, const std::int32_t* sums) {
  if (tile.levels > 15) return thresholdsBy(longSearchOf(tile), tile, sums);
  thresholdsBy(searchOf(_mm512_loadu_si512(tile.thresholds)), tile, sums);
}

A2Q_AVX512 void byteSums64(const ByteSumTile& tile) { loops::byteSums<64, 8>(tile); }
A2Q_AVX512 void byteSums32(const ByteSumTile& tile) { loops::byteSums<32, 8>(tile); }
A2Q_AVX512 void byteSums16(const ByteSumTile& tile) { loops::byteSums<16, 8>(tile); }

/// The 16-bit counts of 32 sums of 16 bits, by way of 32.
A2Q_AVX512 inline __m512i reachedWords(const LongSearch& search, __m512i words) {
  const __m512i low = reached(search, _mm512_cvtepi16_epi32(_mm512_castsi512_si256(words)));
  const __m512i high = reached(search, _mm512_cvtepi16_epi32(_mm512_extracti64x4_epi64(words, 1)));
  return _mm512_inserti64x4(_mm512_castsi256_si512(_mm512_cvtepi32_epi16(low)),
                            _mm512_cvtepi32_epi16(high), 1);
}

A2Q_AVX512 void longWordThresholds(const ThresholdTile& tile, const std::int16_t* sums) {
  const LongSearch search = longSearchOf(tile);
  const __m512i base = _mm512_set1_epi16(static_cast<std::int16_t>(tile.base * 257));
  for (std::int64_t o = 0; o < tile.outputs; ++o) {
    const std::int16_t* from = sums + o * tile.window * 64;
    __m512i even = _mm512_load_si512(from);
    __m512i odd = _mm512_load_si512(from + 32);
    for (std::int64_t w = 1; w < tile.window; ++w) {
      even = _mm512_max_epi16(even, _mm512_load_si512(from + w * 64));
      odd = _mm512_max_epi16(odd, _mm512_load_si512(from + w * 64 + 32));
    }
    const __m512i codes = _mm512_or_si512(reachedWords(search, even),
                                          _mm512_slli_epi16(reachedWords(search, odd), 8));
    _mm512_storeu_si512(tile.to + tile.offsets[o], _mm512_add_epi8(codes, base));
  }
}

/// Comparisons give bits, which add to counts without a register of ones and zeros between.
A2Q_AVX512 void wordThresholds64(const ThresholdTile& tile, const std::int16_t* sums) {
  if (tile.levels > 15) return longWordThresholds(tile, sums);
  const __m512i one = _mm512_set1_epi16(1);
  __m512i limits[15];
  for (std::int64_t k = 0; k < 15; ++k) {
    const std::int32_t threshold = tile.thresholds[k] > 32767 ? 32767 : tile.thresholds[k];
    limits[k] = _mm512_set1_epi16(static_cast<std::int16_t>(threshold));
  }
  const __m512i base = _mm512_set1_epi16(static_cast<std::int16_t>(tile.base * 257));
  for (std::int64_t o = 0; o < tile.outputs; ++o) {
    const std::int16_t* from = sums + o * tile.window * 64;
    __m512i even = _mm512_load_si512(from);
    __m512i odd = _mm512_load_si512(from + 32);
    for (std::int64_t w = 1; w < tile.window; ++w) {
      even = _mm512_max_epi16(even, _mm512_load_si512(from + w * 64));
      odd = _mm512_max_epi16(odd, _mm512_load_si512(from + w * 64 + 32));
    }
    __m512i even_count = _mm512_setzero_si512();
    __m512i odd_count = even_count;
#pragma GCC unroll 15
    for (int k = 0; k < 15; ++k) {
      even_count = _mm512_mask_add_epi16(even_count, _mm512_cmple_epi16_mask(limits[k], even),
                                         even_count, one);
      odd_count =
          _mm512_mask_add_epi16(odd_count, _mm512_cmple_epi16_mask(limits[k], odd), odd_count, one);
    }
    const __m512i codes = _mm512_or_si512(even_count, _mm512_slli_epi16(odd_count, 8));
    _mm512_storeu_si512(tile.to + tile.offsets[o], _mm512_add_epi8(codes, base));
  }
}
A2Q_AVX512 void wordThresholds32(const ThresholdTile& tile, const std::int16_t* sums) {
  loops::wordThresholds<32>(tile, sums);
}
A2Q_AVX512 void wordThresholds16(const ThresholdTile& tile, const std::int16_t* sums) {
  loops::wordThresholds<16>(tile, sums);
}

}  // namespace

LaneKernels avx512Kernels() {
  return {.lanes = 64,
          .dense_exact = dense,
          .exact_packing = DensePacking::kBytes,
          .thresholds = thresholds,
          .byte_sums = {byteSums16, byteSums32, byteSums64},
          .word_thresholds = {wordThresholds16, wordThresholds32, wordThresholds64}};
}

}  // namespace a2q
#endif
