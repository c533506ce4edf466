// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <span>

#include "core/base/result.h"
#include "core/training/run_record.h"

namespace a2q {

/// Writes tensors as a safetensors file (an 8-byte little-endian length, a JSON header with dtype,
/// shape and data_offsets per name, then the bytes), which Python's safetensors reads as it is.
/// Equal tensors give equal bytes.
[[nodiscard]] Status writeTensorFile(const std::filesystem::path& path,
                                     std::span<const NamedTensor> tensors);

}  // namespace a2q
