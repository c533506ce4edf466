// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/project/data_tree.h"
#include "core/project/live/live_series.h"

namespace a2q {

/// How members of DataTree::objects are written: as external links to "<folder>/<digest>.h5", or,
/// without a folder, as groups with the attribute "object_sha256", whose content `inside` gives.
struct ObjectPlacement {
  std::string folder;
  std::function<Result<const DataTree*>(const std::string& digest)> inside;
};

/// What whoever reads a damaged file is told.
struct Salvage {
  /// Before a member is read; false: it is left out.
  std::function<bool(const std::string& path)> enters;
  /// A member that cannot be read, and is left out.
  std::function<void(const std::string& path, const std::string& why)> lost;
};

/// What is read of a file, and how much of it may be there: it is untrusted.
struct TreeRequest {
  std::string group = "/";             ///< absolute path of the group that is read
  std::uint64_t bytes = 1ULL << 29;    ///< content, names included; more is an error
  std::uint64_t members = 1ULL << 20;  ///< groups, arrays and attributes
  /// Whether a member of a group that is an object is read as a group, or named in `objects`.
  enum class Objects { kNamed, kRead } objects = Objects::kNamed;
  const Salvage* salvage = nullptr;  ///< when given, what cannot be read is no error
};

/// What needs libhdf5, which brings along forty libraries: it lies in a library of its own that is
/// opened on first use. All of it must be called on projectLane() and nowhere else.
struct Hdf5Library {
  /// The bytes of an HDF5 file: times off, members in the order of their names, `user_block` zero
  /// bytes in front (0, or a power of two from 512). Equal trees give equal bytes.
  Result<std::vector<std::byte>> (*image)(const DataTree& tree, std::size_t user_block,
                                          const ObjectPlacement& placement);

  /// The tree in a regular file. Links that leave the file are errors (kLeadsOutside), except
  /// those to objects; nothing else is opened, no filter plug-in is loaded. Errors: kReadFailed,
  /// kFileFormat with the path of what is wrong.
  Result<DataTree> (*read)(const std::filesystem::path& file, const TreeRequest& request);

  /// See LiveSeriesWriter and LiveSeriesReader.
  Result<std::unique_ptr<LiveSeriesWriter>> (*createLive)(const std::filesystem::path& file,
                                                          const LiveLayout& layout);
  Result<std::unique_ptr<LiveSeriesReader>> (*openLive)(const std::filesystem::path& file);
};

/// Opens the library on first use. Errors: kHdf5Library.
[[nodiscard]] Result<const Hdf5Library*> openHdf5Library();

}  // namespace a2q
