// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

namespace a2q {

/// What can be made again is kept here: $XDG_CACHE_HOME/a2q, else ~/.cache/a2q; empty when neither
/// XDG_CACHE_HOME nor HOME names a folder.
[[nodiscard]] std::filesystem::path userCacheFolder();

/// What a person made and keeps: $XDG_DATA_HOME/a2q, else ~/.local/share/a2q; empty likewise.
[[nodiscard]] std::filesystem::path userDataFolder();

}  // namespace a2q
