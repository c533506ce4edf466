// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/project/live/live_series.h"

namespace a2q {

/// Hdf5Library::createLive: a new file in SWMR mode; an old one of the name is replaced.
[[nodiscard]] Result<std::unique_ptr<LiveSeriesWriter>> createLiveFile(
    const std::filesystem::path& file, const LiveLayout& layout);

/// Hdf5Library::openLive.
[[nodiscard]] Result<std::unique_ptr<LiveSeriesReader>> openLiveFile(
    const std::filesystem::path& file);

}  // namespace a2q
