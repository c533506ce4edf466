// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <c10/util/Exception.h>

#include <new>
#include <string>

#include "core/base/result.h"

namespace a2q {

/// Whether LibTorch says that memory, of the computer or of the device, does not suffice.
[[nodiscard]] inline bool isOutOfMemory(const c10::Error& error) {
  const std::string text = error.what_without_backtrace();
  return text.find("out of memory") != std::string::npos ||
         text.find("not enough memory") != std::string::npos ||
         text.find("can't allocate memory") != std::string::npos;
}

/// Runs `body`, which gives a Value or a Result<Value>. LibTorch throws; this is where it ends.
template <class Value, class Body>
[[nodiscard]] Result<Value> guarded(Body body) {
  try {
    return body();
  } catch (const c10::Error& error) {
    const ErrorCode code = isOutOfMemory(error) ? ErrorCode::kOutOfMemory : ErrorCode::kInternal;
    return fail(
        code,
        code == ErrorCode::kInternal ? "LibTorch reported an error" : "memory does not suffice",
        error.what_without_backtrace());
  } catch (const std::bad_alloc&) {
    return fail(ErrorCode::kOutOfMemory, "memory does not suffice");
  } catch (const std::exception& error) {
    return fail(ErrorCode::kInternal, "the computation failed", error.what());
  }
}

}  // namespace a2q
