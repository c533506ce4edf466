// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/data/catalogue.h"

namespace a2q {

struct FetchOptions {
  std::filesystem::path to = {};  ///< empty: the cache, see cacheFolder()
  std::string from = {};          ///< https or http address of a folder; empty: the catalogue's
  int stall_seconds = 30;         ///< without a byte, then the download has failed
  std::stop_token stop = {};
  /// Of the file that is on its way: bytes there and in all (0: not known).
  std::function<void(std::string_view file, std::int64_t there, std::int64_t in_all)> progress = {};
};

enum class FetchEnd { kFetched, kPresent, kStopped };

struct FetchReport {
  FetchEnd end = FetchEnd::kFetched;
  std::filesystem::path folder;
};

/// Downloads the files of a set, compares their sums, unpacks archives. A file is named *.part
/// until its sum is right; one that is left there by a stop or a failure is gone on with the next
/// time. Errors: kUsage (not offered, no such address), kNetworkFailed, kChecksum, kExists (another
/// file stands there), kFileFormat (archive), kWriteFailed, kTransferLibrary.
[[nodiscard]] Result<FetchReport> fetchDataSet(const CatalogueEntry& entry,
                                               const FetchOptions& options);

}  // namespace a2q
