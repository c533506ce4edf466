// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace a2q::test {

/// The outcome of one reference case: empty `problems` means it passed.
struct CaseReport {
  std::string id;
  std::vector<std::string> problems;
};

/// Runs every case of a file of the format "a2q-vectors-1": integers exactly outside
/// near_integer_idx (there ±1), dequantized weights to 1e-6, gradients to 1e-4 relative, ∂t and ∂d
/// not for channels in clamp_boundary; bounds, initial scales, penalty and EP-init as well.
[[nodiscard]] Result<std::vector<CaseReport>> checkVectorFile(const std::filesystem::path& path);

}  // namespace a2q::test
