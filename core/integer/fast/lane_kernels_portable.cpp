// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/integer/fast/byte_sum_loops.h"
#include "core/integer/fast/dense_loops.h"
#include "core/integer/fast/lane_kernels_by_level.h"

namespace a2q {
namespace {

void dense(const DenseTile& tile) { loops::dense(tile); }

void thresholds(const ThresholdTile& tile, const std::int32_t* sums) {
  loops::thresholds(tile, sums);
}

template <int kBytes, int kCount>
void byteSums(const ByteSumTile& tile) {
  loops::byteSums<kBytes, kCount>(tile);
}

template <int kBytes>
void wordThresholds(const ThresholdTile& tile, const std::int16_t* sums) {
  loops::wordThresholds<kBytes>(tile, sums);
}

}  // namespace

LaneKernels portableKernels() {
  return {.lanes = 16,
          .dense_exact = dense,
          .exact_packing = DensePacking::kBytes,
          .thresholds = thresholds,
          .byte_sums = {byteSums<16, 4>, byteSums<32, 2>, byteSums<64, 1>},
          .word_thresholds = {wordThresholds<16>, wordThresholds<32>, wordThresholds<64>}};
}

}  // namespace a2q
