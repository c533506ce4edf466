// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/project/hdf5/hdf5_library.h"

namespace a2q {

/// Hdf5Library::read.
[[nodiscard]] Result<DataTree> readTree(const std::filesystem::path& file,
                                        const TreeRequest& request);

}  // namespace a2q
