// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/flow/tool_cache.h"

#include <fmt/format.h>

#include <system_error>

#include "core/base/atomic_file.h"
#include "core/base/sha256.h"
#include "core/base/user_folders.h"

namespace a2q {

namespace fs = std::filesystem;

ToolCache::ToolCache(std::string_view folder, const std::vector<std::string_view>& key) {
  const fs::path base = userCacheFolder();
  if (base.empty()) return;
  Sha256 sum;
  for (const std::string_view part : key) {
    sum.add(fmt::format("{}:", part.size()));
    sum.add(part);
  }
  file_ = base / folder / (sum.hex() + ".json");
}

std::optional<std::string> ToolCache::find() const {
  if (file_.empty()) return std::nullopt;
  auto text = readRegularFile(file_);
  return text ? std::optional(std::move(*text)) : std::nullopt;
}

void ToolCache::keep(std::string_view answer) const {
  if (file_.empty()) return;
  std::error_code failure;
  fs::create_directories(file_.parent_path(), failure);
  if (!failure) static_cast<void>(writeFileAtomically(file_, answer));
}

}  // namespace a2q
