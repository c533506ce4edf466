// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/arguments.h"
#include "core/base/result.h"

namespace a2q::cli {

/// `a2q data list`: every known set, and where it lies or how to get it.
[[nodiscard]] Result<ExitCode> listDataSets(const Arguments& arguments);

/// `a2q data check SET`: loads a set completely and compares it with the published files.
[[nodiscard]] Result<ExitCode> checkData(const Arguments& arguments);

/// `a2q data fetch SET`: downloads a set into the cache.
[[nodiscard]] Result<ExitCode> fetchData(const Arguments& arguments);

}  // namespace a2q::cli
