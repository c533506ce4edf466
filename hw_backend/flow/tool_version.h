// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace a2q {

/// What a program says when it is asked for its version with `question`, within 20 seconds: the
/// lines that it writes on both outputs. None: it was stopped. Errors: kToolFailed, with its last
/// lines.
[[nodiscard]] Result<std::optional<std::string>> askVersion(const std::filesystem::path& program,
                                                            std::string_view question,
                                                            const std::stop_token& stop);

}  // namespace a2q
