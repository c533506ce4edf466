// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <exception>
#include <new>

#include "core/base/result.h"

namespace a2q::workbench {

/// What `work`, which gives a Result, says; what it throws becomes an error.
template <class Work>
auto guarded(Work work) -> decltype(work()) {
  try {
    return work();
  } catch (const std::bad_alloc&) {
    return fail(ErrorCode::kOutOfMemory, "memory does not suffice");
  } catch (const std::exception& problem) {
    return fail(ErrorCode::kInternal, "an unexpected failure", problem.what());
  }
}

}  // namespace a2q::workbench
