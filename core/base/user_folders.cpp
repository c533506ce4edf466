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

}  // namespace

fs::path userCacheFolder() {
  // The XDG rules: a relative path is to be ignored.
  if (const fs::path cache = fromEnvironment("XDG_CACHE_HOME"); cache.is_absolute())
    return cache / "a2q";
  const fs::path home = fromEnvironment("HOME");
  return home.is_absolute() ? home / ".cache" / "a2q" : fs::path();
}

}  // namespace a2q
