// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>

#include "core/base/result.h"

namespace a2q {

/// How a transfer ended that did not fail; a stop is no error.
enum class TransferEnd { kComplete, kStopped };

/// Schemes that the first address may have; redirects may only lead to https.
enum class Schemes { kHttps, kHttpsAndHttp };

struct DownloadRequest {
  std::string url;
  std::filesystem::path part;   ///< what it holds already is kept when the server can go on there
  std::int64_t most_bytes = 0;  ///< a longer file is refused
  Schemes schemes = Schemes::kHttps;
  int stall_seconds = 30;  ///< without a byte; then the transfer has failed
};

/// Bytes of the file that are there, and in all; 0 when the server does not say.
using ByteProgress = std::function<void(std::int64_t there, std::int64_t in_all)>;

/// What needs libcurl and libarchive, which bring along some forty libraries. They lie in a library
/// of their own that is opened on first use, so that the program starts at once without them.
struct TransferLibrary {
  /// Appends to the part file what it lacks; starts anew when the server cannot go on in the
  /// middle. Errors: kNetworkFailed, kWriteFailed.
  Result<TransferEnd> (*download)(const DownloadRequest&, const std::stop_token&,
                                  const ByteProgress&);

  /// Unpacks a tar or zip archive into an empty folder: plain files and folders with relative names
  /// that stay inside. Errors: kFileFormat (damaged, or anything else in it), kWriteFailed.
  Result<TransferEnd> (*unpack)(const std::filesystem::path& archive,
                                const std::filesystem::path& folder, const std::stop_token&);
};

/// Opens the library on first use. Errors: kTransferLibrary.
[[nodiscard]] Result<const TransferLibrary*> openTransferLibrary();

}  // namespace a2q
