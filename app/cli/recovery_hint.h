// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

namespace a2q::cli {

/// Says on standard error, in one line, when a session that ended badly left unsaved work of a
/// project.
void tellOfRecoveries(const std::filesystem::path& project);

}  // namespace a2q::cli
