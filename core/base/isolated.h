// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace a2q {

/// What a child process may take.
struct IsolationLimits {
  std::uint64_t bytes = std::uint64_t{1} << 30;  ///< of memory, beyond what its parent has
  std::chrono::seconds time{60};
};

/// What a child process told before it ended.
struct IsolatedOutput {
  std::string text;
  std::string failure;  ///< "it crashed (Segmentation fault)", "it took longer than 60 s"; or empty
};

/// Runs `work` in a child process, a copy of this one in which only the calling thread exists, and
/// gathers what it tells: a library that is upset by a hostile file takes the child along, nothing
/// else. `work` must not need other threads. Errors: kInternal when there can be no child.
[[nodiscard]] Result<IsolatedOutput> runIsolated(
    const std::function<void(const std::function<void(std::string_view)>& tell)>& work,
    const IsolationLimits& limits = {});

}  // namespace a2q
