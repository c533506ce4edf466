// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/project/hdf5/hdf5_library.h"

namespace a2q {

/// Hdf5Library::image. The file is made in memory: a full disk cannot meet libhdf5.
[[nodiscard]] Result<std::vector<std::byte>> treeImage(const DataTree& tree, std::size_t user_block,
                                                       const ObjectPlacement& placement);

}  // namespace a2q
