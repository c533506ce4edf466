// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace a2q {

enum class LogLevel { kDebug, kInfo, kWarning, kError, kOff };

/// Sends a line to standard error (and nothing else): results go to standard output alone.
void log(LogLevel level, std::string_view message);

/// Lines below the level are dropped; the default is kInfo.
void setLogLevel(LogLevel level);

}  // namespace a2q
