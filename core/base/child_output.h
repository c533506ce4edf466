// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace a2q {

/// The program of that name in the folders of PATH; none when there is none that may be run.
[[nodiscard]] std::optional<std::filesystem::path> findProgram(std::string_view name);

/// What a program writes on both outputs, its first 64 KiB; none when it cannot be started, ends
/// badly or takes longer than `limit`: then it is killed with all that it started.
[[nodiscard]] std::optional<std::string> outputOf(const std::filesystem::path& program,
                                                  const std::vector<std::string>& words,
                                                  std::chrono::milliseconds limit);

}  // namespace a2q
