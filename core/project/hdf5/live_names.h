// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace a2q::live {

/// What a live file holds; resources/docs/project-format.md describes it.
inline constexpr const char* kTexts = "texts";  ///< group: a text a member
inline constexpr const char* kColumns = "columns";
inline constexpr const char* kEpochColumns = "epoch_columns";
inline constexpr const char* kSteps = "steps";    ///< rows × columns
inline constexpr const char* kEpochs = "epochs";  ///< rows × epoch_columns
/// sequence number, the values, the same sequence number: they differ while a write is under way.
inline constexpr const char* kLatest = "latest";

/// Limits for what a reader accepts and a writer makes.
inline constexpr std::uint64_t kMostColumns = std::uint64_t{1} << 16;
inline constexpr std::uint64_t kMostTextBytes = std::uint64_t{1} << 24;
inline constexpr std::uint64_t kMostLatest = std::uint64_t{1} << 22;
inline constexpr std::uint64_t kMostChunkBytes = std::uint64_t{1} << 24;

}  // namespace a2q::live
