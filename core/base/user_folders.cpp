// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/user_folders.h"

#include <cstdlib>

namespace a2q {
namespace {

namespace fs = std::filesystem;

fs::path fromEnvironment(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? fs::path() : fs::path(value);
}

fs::path folderOf(const char* variable, const char* below_home) {
  // The XDG rules: a relative path is to be ignored.
  if (const fs::path named = fromEnvironment(variable); named.is_absolute()) return named / "a2q";
  const fs::path home = fromEnvironment("HOME");
  return home.is_absolute() ? home / below_home / "a2q" : fs::path();
}

}  // namespace

fs::path userCacheFolder() { return folderOf("XDG_CACHE_HOME", ".cache"); }

fs::path userDataFolder() { return folderOf("XDG_DATA_HOME", ".local/share"); }

}  // namespace a2q
