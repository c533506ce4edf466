// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <string>

#include "core/base/parallel.h"
#include "core/data/catalogue.h"
#include "core/data/data_folders.h"
#include "core/data/data_set.h"
#include "core/diagnosis/findings.h"
#include "core/project/recovery/recovery.h"

namespace a2q {
namespace {

namespace fs = std::filesystem;

constexpr const char* kMachine = "Machine";
constexpr const char* kFolders = "Folders";
constexpr const char* kData = "Data sets";
constexpr double kGiB = 1024.0 * 1024.0 * 1024.0;

/// GiB of memory that can be had without swapping; 0: not known.
double availableMemory() {
  std::ifstream file("/proc/meminfo");
  std::string key;
  std::uint64_t kib = 0;
  while (file >> key >> kib) {
    if (key == "MemAvailable:") return static_cast<double>(kib) * 1024.0 / kGiB;
    std::getline(file, key);
  }
  return 0;
}

Finding memoryFinding() {
  constexpr double kLittle = 1.0;
  const double free = availableMemory();
  if (free == 0) return {kMachine, "Memory", FindingState::kWarning, "how much is not known"};
  Finding finding{kMachine, "Memory", FindingState::kOk, fmt::format("{:.1f} GiB free", free)};
  if (free >= kLittle) return finding;
  finding.state = FindingState::kWarning;
  finding.remedy = "Close other programs, or train with a smaller training.batch_size.";
  return finding;
}

/// The folder, or what there is of the way to it.
fs::path nearestExisting(fs::path folder) {
  std::error_code ignored;
  while (!folder.empty() && !fs::exists(folder, ignored) && folder != folder.root_path()) {
    folder = folder.parent_path();
  }
  return folder;
}

fs::path configFolder() {
  const auto named = [](const char* name) {
    const char* const value = std::getenv(name);
    return value == nullptr ? fs::path() : fs::path(value);
  };
  if (const fs::path config = named("XDG_CONFIG_HOME"); config.is_absolute()) return config / "a2q";
  const fs::path home = named("HOME");
  return home.is_absolute() ? home / ".config" / "a2q" : fs::path();
}

Finding dataFinding(const CatalogueEntry& entry) {
  Finding finding{kData, std::string(entry.set), FindingState::kOk, "built in"};
  if (entry.set == "digits") return finding;
  DataSpec spec;
  spec.set = entry.set;
  if (const auto place = findDataSet(entry.set, dataFolders(spec))) {
    finding.detail = place->string();
    return finding;
  }
  finding.state = FindingState::kOptional;
  finding.detail = "not here";
  finding.remedy = entry.downloads.empty() ? fmt::format("Source: {}", entry.source)
                                           : fmt::format("a2q data fetch {}", entry.set);
  return finding;
}

}  // namespace

Finding folderFinding(std::string_view what, const fs::path& folder, std::string_view variable) {
  constexpr double kLittle = 0.5;
  Finding finding{kFolders, std::string(what), FindingState::kOk, folder.string()};
  const auto wrong = [&](std::string why, std::string remedy) {
    finding.state = FindingState::kWarning;
    finding.detail += why;
    finding.remedy = std::move(remedy);
    return finding;
  };
  if (folder.empty()) {
    return wrong("no place for it", fmt::format("Set HOME or {} to a folder.", variable));
  }
  const fs::path there = nearestExisting(folder);
  std::error_code failed;
  if (!fs::is_directory(there, failed) || ::access(there.c_str(), W_OK | X_OK) != 0) {
    return wrong(fmt::format(": '{}' is not a folder one can write into", there.string()),
                 fmt::format("Make it writable, or set {} to a folder that is.", variable));
  }
  const fs::space_info space = fs::space(there, failed);
  if (failed) return wrong(": its free space is not known", {});
  const double free = static_cast<double>(space.available) / kGiB;
  if (free < kLittle) {
    return wrong(fmt::format(", only {:.2f} GiB free", free), "Make room on that disk.");
  }
  finding.detail += fmt::format(", {:.1f} GiB free", free);
  return finding;
}

std::vector<Finding> machineFindings() {
  std::vector<Finding> found = {
      {kMachine, "Processors", FindingState::kOk,
       fmt::format("{} that this program may use", allowedProcessors())},
      memoryFinding(),
      folderFinding("Unsaved work", recoveryFolder(), "XDG_STATE_HOME"),
      folderFinding("Settings", configFolder(), "XDG_CONFIG_HOME"),
      folderFinding("Downloads", cacheFolder({}).parent_path(), "XDG_CACHE_HOME")};
  for (const CatalogueEntry& entry : catalogue()) found.push_back(dataFinding(entry));
  return found;
}

}  // namespace a2q
