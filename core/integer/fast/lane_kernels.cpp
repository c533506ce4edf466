// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/integer/fast/lane_kernels.h"

#include "core/integer/fast/lane_kernels_by_level.h"

namespace a2q {

const LaneKernels& laneKernels(KernelLevel level) {
  static const LaneKernels portable = portableKernels();
#if defined(__x86_64__)
  static const LaneKernels avx2 = avx2Kernels();
  static const LaneKernels avx512 = avx512Kernels();
  if (level == KernelLevel::kAvx2) return avx2;
  if (level == KernelLevel::kAvx512Vnni) return avx512;
#endif
  return portable;
}

}  // namespace a2q
