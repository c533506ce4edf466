// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/project/repair/damaged_file.h"

namespace a2q {

/// Where an object stands in a damaged file.
struct ObjectPlace {
  std::optional<std::uint64_t> root;  ///< the header that must be the root; none: as it is
  std::string path;
};

/// What could be read of the index of a damaged project: the tree of its file, in which parts may
/// be missing.
struct SalvagedIndex {
  DataTree tree;
  std::map<std::string, ObjectPlace> objects;  ///< by digest
  std::vector<LostPart> lost;
};

/// Reads the index from the root. Where the way from there is destroyed, the specification and the
/// runs are looked for all over the file, by what they contain.
[[nodiscard]] SalvagedIndex salvageIndex(const DamagedFile& file);

}  // namespace a2q
