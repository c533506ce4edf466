// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/data_folders.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cstdlib>
#include <string>

#include "core/base/user_folders.h"

namespace a2q {

namespace {

namespace fs = std::filesystem;

fs::path fromEnvironment(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? fs::path() : fs::path(value);
}

}  // namespace

fs::path cacheFolder(std::string_view set) {
  const fs::path cache = userCacheFolder();
  return cache.empty() ? cache : cache / "data" / set;
}

// A place that the user names decides: going on to the next when it lacks the files would train on
// other data than asked for.
std::vector<fs::path> dataFolders(const DataSpec& spec, const fs::path& override_folder) {
  const fs::path named = override_folder.empty() ? fs::path(spec.path) : override_folder;
  if (!named.empty()) return {named, named / spec.set};
  std::vector<fs::path> folders;
  if (const fs::path root = fromEnvironment("A2Q_DATA_DIR"); !root.empty()) {
    folders = {root / spec.set, root / spec.set / spec.set};
    // Both sets of super-resolution are usually kept under their own names, or in one folder.
    for (const auto& [set, name] : {std::pair{"set5", "Set5"}, std::pair{"set14", "Set14"}}) {
      if (spec.set == set) folders.insert(folders.end(), {root / name, root / "sr-test" / name});
    }
  }
  if (const fs::path cache = cacheFolder(spec.set); !cache.empty()) folders.push_back(cache);
  return folders;
}

tl::unexpected<Error> missingData(std::string_view set, std::string_view what,
                                  std::span<const fs::path> folders) {
  std::vector<std::string> places;
  for (const fs::path& folder : folders) places.push_back(folder.string());
  return fail(
      ErrorCode::kDataMissing, fmt::format("data set '{}': {} not found", set, what),
      places.empty() ? "No folder is named."
                     : fmt::format("Looked in {}.", fmt::join(places, ", ")),
      fmt::format("Name its folder with --data FOLDER, or set A2Q_DATA_DIR to a folder that holds "
                  "'{}'; 'a2q data list' says how to get it. The set 'digits' needs no files.",
                  set));
}

}  // namespace a2q
