// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/integer/lane_kernels.h"

#include "core/integer/lane_kernels_by_level.h"

namespace a2q {

const LaneKernels& laneKernels(KernelLevel level) {
  static const LaneKernels kPortable = portableKernels();
#if defined(__x86_64__)
  static const LaneKernels kAvx2 = avx2Kernels();
  static const LaneKernels kAvx512 = avx512Kernels();
  if (level == KernelLevel::kAvx2) return kAvx2;
  if (level == KernelLevel::kAvx512Vnni) return kAvx512;
#endif
  return kPortable;
}

}  // namespace a2q
