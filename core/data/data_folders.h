// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <span>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/network/train_spec.h"

namespace a2q {

/// The folders in which a set is looked for, in this order: those of the first place that is named
/// (`override_folder`, DataSpec::path), else A2Q_DATA_DIR and the cache. Each place stands for the
/// folder itself and its subfolders named after the set.
[[nodiscard]] std::vector<std::filesystem::path> dataFolders(
    const DataSpec& spec, const std::filesystem::path& override_folder = {});

/// Where `a2q data fetch` puts a set: $XDG_CACHE_HOME/a2q/data/<set>, else
/// ~/.cache/a2q/data/<set>; empty when there is no home either.
[[nodiscard]] std::filesystem::path cacheFolder(std::string_view set);

/// kDataMissing: what of the set was not found, where it was looked for and how to get it.
[[nodiscard]] tl::unexpected<Error> missingData(std::string_view set, std::string_view what,
                                                std::span<const std::filesystem::path> folders);

}  // namespace a2q
