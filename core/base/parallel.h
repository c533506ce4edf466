// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>

namespace a2q {

/// The processors this process may run on, at least 1.
[[nodiscard]] int allowedProcessors();

/// Cuts 0..count−1 into one stretch per thread and runs `body(first, last, worker)` on each, on at
/// most `threads` threads (0: allowedProcessors()) of which the caller's is one. Returns when all
/// are done; what `body` throws ends the program.
void parallelRanges(
    std::int64_t count, int threads,
    const std::function<void(std::int64_t first, std::int64_t last, int worker)>& body);

}  // namespace a2q
