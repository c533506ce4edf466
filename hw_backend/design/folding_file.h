// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string_view>

#include "core/base/result.h"
#include "hw_backend/design/folding_tables.h"

namespace a2q {

/// Foldings as a person writes them: a table [layer.NAME] each, with any of
/// pe, simd, weights ("logic", "block") and thresholds ("parallel", "binary_search"). Where
/// thresholds of a binary search lie is always the solver's choice.
/// Errors: kSpecSyntax, kSpecValue with line and key, kReadFailed.
[[nodiscard]] Result<FoldingOverrides> parseFolding(std::string_view toml, std::string_view source);
[[nodiscard]] Result<FoldingOverrides> readFolding(const std::filesystem::path& path);

/// "LAYER=PE" or "LAYER=PE,SIMD" added to the others. Errors: kUsage.
[[nodiscard]] Status addFolding(FoldingOverrides& overrides, std::string_view text);

/// A folding as such a file: PE, SIMD, memory of weights and style of thresholds of each layer.
[[nodiscard]] std::string foldingText(const DesignNetwork& network, const FoldingSpec& folding);

}  // namespace a2q
