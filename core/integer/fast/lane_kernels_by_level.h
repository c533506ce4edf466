// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/integer/fast/lane_kernels.h"

namespace a2q {

[[nodiscard]] LaneKernels portableKernels();
#if defined(__x86_64__)
/// To be called, like the kernels themselves, on any processor; to be run where isAvailable() says.
[[nodiscard]] LaneKernels avx2Kernels();
[[nodiscard]] LaneKernels avx512Kernels();
#endif

}  // namespace a2q
