// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <span>
#include <string>

#include "core/training/run_record.h"

namespace a2q {

/// Name of the checksum in the metadata of this program's files.
inline constexpr const char* kChecksumKey = "a2q.checksum";

/// A checksum (CRC-32, in hexadecimal) over names and bytes of tensors and over all metadata but
/// itself, in whatever order they come: it tells a damaged file from a sound one.
[[nodiscard]] std::string tensorChecksum(std::span<const NamedTensor> tensors,
                                         const std::map<std::string, std::string>& metadata);

}  // namespace a2q
