// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/transfer/transfer.h"

namespace a2q {

/// TransferLibrary::download, by libcurl.
[[nodiscard]] Result<TransferEnd> download(const DownloadRequest& request,
                                           const std::stop_token& stop,
                                           const ByteProgress& progress);

/// TransferLibrary::unpack, by libarchive.
[[nodiscard]] Result<TransferEnd> unpack(const std::filesystem::path& archive,
                                         const std::filesystem::path& folder,
                                         const std::stop_token& stop);

}  // namespace a2q
