// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <hdf5.h>

#include <cstdint>
#include <string>
#include <tl/expected.hpp>

#include "core/project/data_tree.h"

namespace a2q {

/// How much may still be read of an untrusted file.
struct ReadBudget {
  std::uint64_t bytes = 0;
  std::uint64_t members = 0;

  /// Whether there was so much left.
  [[nodiscard]] bool takeBytes(std::uint64_t count);
  [[nodiscard]] bool takeMember();
};

/// What went wrong with a member, in words, without its path.
using Reason = std::string;

/// The attributes of an open group or dataset.
[[nodiscard]] tl::expected<Attributes, Reason> readAttributes(hid_t owner, ReadBudget& budget);

/// An open dataset with its attributes. Bytes that lie in other files, or nowhere, are refused.
[[nodiscard]] tl::expected<DataArray, Reason> readArray(hid_t dataset, ReadBudget& budget);

}  // namespace a2q
