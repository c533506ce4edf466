// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

#include "core/base/folder_lock.h"
#include "core/base/result.h"
#include "core/data/catalogue.h"
#include "core/data/fetch.h"
#include "core/data/transfer/transfer.h"

namespace a2q {

/// One call of fetchDataSet().
struct FetchJob {
  const CatalogueEntry& entry;
  const FetchOptions& options;
  const TransferLibrary& library;
  std::filesystem::path folder;
  FolderLock lock = {};
};

/// Makes the folder as needed and takes it. Errors: kWriteFailed, kExists (somebody else fetches
/// into it).
[[nodiscard]] Status lockFolder(FolderLock& lock, const std::filesystem::path& folder);

/// kWriteFailed: a path that cannot be written, and why.
[[nodiscard]] tl::unexpected<Error> unwritable(const std::filesystem::path& path,
                                               const std::string& reason);

/// Unpacks the downloaded archives into a folder of their own, which is what a crash leaves behind,
/// compares what they held and moves it into place; then removes them. Errors: those of
/// TransferLibrary::unpack, kChecksum (other content), kExists (something stands in its place).
[[nodiscard]] Result<TransferEnd> installArchives(const FetchJob& job);

}  // namespace a2q
