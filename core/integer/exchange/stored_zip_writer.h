// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>

#include "core/base/result.h"

namespace a2q {

/// A file of an archive.
struct ZipEntry {
  std::string name;
  std::string bytes;
};

/// A ZIP archive of stored (not compressed) entries, all dated 1980-01-01: equal entries give equal
/// bytes, whatever the time and the version of a compressor. Errors: kNotExported beyond the 4 GiB
/// and 65,535 entries of plain ZIP.
[[nodiscard]] Result<std::string> storedZip(std::span<const ZipEntry> entries);

}  // namespace a2q
