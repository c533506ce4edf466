// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/project/data_tree.h"
#include "core/project/hdf5/hdf5_library.h"

namespace a2q {

/// A part of a damaged file that cannot be read.
struct LostPart {
  std::string path;
  std::string why;
};

/// A damaged HDF5 file. It is read from a copy, which may be mended, in child processes with
/// little memory and time: damage that upsets libhdf5 costs the part it is in.
class DamagedFile {
 public:
  /// Copies it into a folder, where more files are made. A file that was cut off gets zeros for
  /// what is missing. Errors: kReadFailed, kWriteFailed.
  [[nodiscard]] static Result<DamagedFile> open(const std::filesystem::path& file,
                                                const std::filesystem::path& workshop);

  /// What can be read of a group; the rest is added to `lost`. Errors: kFileFormat when the group
  /// cannot be opened.
  [[nodiscard]] Result<DataTree> read(const std::string& group, TreeRequest::Objects objects,
                                      std::vector<LostPart>& lost) const;

  /// Addresses where groups or arrays begin, by which their parents are not needed.
  [[nodiscard]] std::vector<std::uint64_t> headers() const;
  /// Makes the group at an address the root of the copy.
  [[nodiscard]] Status setRoot(std::uint64_t header) const;

 private:
  DamagedFile() = default;

  std::filesystem::path copy_;
  std::filesystem::path part_;  ///< what a child could read
  std::uint64_t base_ = 0;      ///< where HDF5 begins in the file
  std::uint64_t bytes_ = 0;     ///< that were left of the file
  std::uint64_t end_ = 0;       ///< length of the copy
};

}  // namespace a2q
