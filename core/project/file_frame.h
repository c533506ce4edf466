// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>

#include "core/base/result.h"

namespace a2q {

/// The block in front of the HDF5 content: its length and SHA-256 as text, so that damage is found
/// before libhdf5 sees it.
inline constexpr std::size_t kFrameBytes = 512;

/// Fills the first kFrameBytes of a file's bytes.
void writeFrame(std::span<std::byte> file);

/// Whether a file is what was written. Errors: kReadFailed; kFileFormat for no such file, one that
/// is truncated, or one that was changed by damage or another program, saying which.
[[nodiscard]] Status checkFrame(const std::filesystem::path& path);

}  // namespace a2q
