// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/training/run_record.h"

namespace a2q {

/// The content of a safetensors file: tensors in the order of their bytes, and texts by name (the
/// header's __metadata__).
struct TensorFile {
  std::vector<NamedTensor> tensors;
  std::map<std::string, std::string> metadata;
};

/// Writes tensors as a safetensors file (an 8-byte little-endian length, a JSON header with dtype,
/// shape and data_offsets per name, then the bytes), which Python's safetensors reads as it is.
/// Equal content gives equal bytes.
[[nodiscard]] Status writeTensorFile(const std::filesystem::path& path,
                                     std::span<const NamedTensor> tensors,
                                     const std::map<std::string, std::string>& metadata = {});

/// Reads a safetensors file. It is untrusted input: every size is checked against the file before
/// memory is taken. F16 and BF16 become kFloat32, F64 stays exact as kFloat64. Errors:
/// kReadFailed; kFileFormat for anything that is not a sound file, saying what and where.
[[nodiscard]] Result<TensorFile> readTensorFile(const std::filesystem::path& path);

}  // namespace a2q
