// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/integer/fast/kernel_level.h"

namespace a2q {

bool isAvailable(KernelLevel level) {
  if (level == KernelLevel::kPortable) return true;
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (level == KernelLevel::kAvx2) return __builtin_cpu_supports("avx2") != 0;
  return __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512bw") != 0 &&
         __builtin_cpu_supports("avx512vl") != 0 && __builtin_cpu_supports("avx512dq") != 0 &&
         __builtin_cpu_supports("avx512vnni") != 0;
#else
  return false;
#endif
}

KernelLevel bestKernelLevel() {
  for (const KernelLevel level : {KernelLevel::kAvx512Vnni, KernelLevel::kAvx2}) {
    if (isAvailable(level)) return level;
  }
  return KernelLevel::kPortable;
}

std::string_view levelName(KernelLevel level) {
  switch (level) {
    case KernelLevel::kPortable: return "portable";
    case KernelLevel::kAvx2: return "AVX2";
    case KernelLevel::kAvx512Vnni: break;
  }
  return "AVX-512 VNNI";
}

}  // namespace a2q
