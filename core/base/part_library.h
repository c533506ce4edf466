// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

namespace a2q {

/// A library of this program that is opened on first use, because what it links is slow to load.
/// It lies beside a2q_core and has two functions with C names.
struct PartLibrary {
  const char* file;     ///< "liba2q_learning.so"
  const char* version;  ///< const char*(): must give version()
  const char* entry;    ///< void*(): what the library is opened for
  ErrorCode error;
};

/// What the entry function of the library gives; never null. The library stays open. Errors: the
/// code above, when it is missing or of another version.
[[nodiscard]] Result<void*> openPart(const PartLibrary& library);

}  // namespace a2q
