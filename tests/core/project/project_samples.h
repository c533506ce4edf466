// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/project/project_file.h"

namespace a2q::testing {

/// A project around the built-in sample, with fixed identity and times.
[[nodiscard]] Project sampleProject();

/// A run of two epochs in it; `number` makes name and UUID.
[[nodiscard]] ProjectRun sampleRun(int number);

/// Something large: `bytes` bytes that `seed` decides.
[[nodiscard]] DataTree sampleObject(std::size_t bytes, unsigned seed);

}  // namespace a2q::testing
