// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/parallel.h"

#include <sched.h>

#include <algorithm>
#include <thread>
#include <vector>

namespace a2q {

int allowedProcessors() {
  cpu_set_t set;
  CPU_ZERO(&set);
  return sched_getaffinity(0, sizeof set, &set) == 0 ? std::max(1, CPU_COUNT(&set)) : 1;
}

void parallelRanges(
    std::int64_t count, int threads,
    const std::function<void(std::int64_t first, std::int64_t last, int worker)>& body) {
  const int wanted = threads > 0 ? threads : allowedProcessors();
  const auto workers = static_cast<int>(std::min<std::int64_t>(wanted, count));
  const auto stretch = [&](int worker) {
    body(count * worker / workers, count * (worker + 1) / workers, worker);
  };
  std::vector<std::jthread> others;
  for (int worker = 1; worker < workers; ++worker) others.emplace_back(stretch, worker);
  if (workers > 0) stretch(0);
}

}  // namespace a2q
