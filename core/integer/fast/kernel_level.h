// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace a2q {

/// What the inner loops of the fast engine are made of, from the plainest to the widest.
enum class KernelLevel {
  kPortable,    ///< any processor
  kAvx2,        ///< x86-64 with AVX2
  kAvx512Vnni,  ///< x86-64 with AVX-512 BW, VL and VNNI
};

/// Whether this processor runs kernels of a level.
[[nodiscard]] bool isAvailable(KernelLevel level);

/// The widest level that this processor runs.
[[nodiscard]] KernelLevel bestKernelLevel();

/// "portable", "AVX2", "AVX-512 VNNI".
[[nodiscard]] std::string_view levelName(KernelLevel level);

}  // namespace a2q
