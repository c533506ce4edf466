// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/project_report.h"

#include <fmt/format.h>

#include "app/cli/run_summary.h"
#include "core/project/project_schema.h"

namespace a2q::cli {
namespace {

namespace fs = std::filesystem;
using nlohmann::ordered_json;

/// What a project takes on disk.
struct Sizes {
  std::uintmax_t file = 0;
  std::uintmax_t beside = 0;  ///< in the folder of its objects
  std::size_t objects = 0;    ///< files in that folder
};

Sizes sizesOf(const fs::path& path) {
  Sizes sizes;
  std::error_code problem;
  const auto bytes = fs::file_size(path, problem);
  if (!problem) sizes.file = bytes;
  for (const auto& entry : fs::directory_iterator(objectsFolderOf(path), problem)) {
    std::error_code ignored;
    if (!entry.is_regular_file(ignored)) continue;
    const auto of_entry = entry.file_size(ignored);
    if (ignored) continue;
    sizes.beside += of_entry;
    ++sizes.objects;
  }
  return sizes;
}

std::string bytesText(std::uintmax_t bytes) {
  constexpr double kMega = 1e6;
  if (bytes < 10'000) return fmt::format("{} bytes", bytes);
  return fmt::format("{:.2f} MB", static_cast<double>(bytes) / kMega);
}

std::string storageText(const fs::path& path, const Sizes& sizes) {
  if (sizes.objects == 0) return "all inside";
  return fmt::format("{} large parts beside it in {}, {}", sizes.objects,
                     objectsFolderOf(path).filename().string(), bytesText(sizes.beside));
}

std::string formatText(const ProjectFile& file) {
  const auto older = file.migratedFrom();
  if (!older) return fmt::format("{}.{}", kFormatMajor, kFormatMinor);
  return fmt::format("{}, read as {}.{}; saving it, or 'a2q migrate', brings it up to date", *older,
                     kFormatMajor, kFormatMinor);
}

std::size_t interruptedRuns(const std::vector<RunSummary>& summaries) {
  std::size_t count = 0;
  for (const RunSummary& summary : summaries) count += summary.state == "interrupted" ? 1 : 0;
  return count;
}

}  // namespace

std::string projectText(const ProjectFile& file) {
  const Project& project = file.saved();
  const Sizes sizes = sizesOf(file.path());
  const auto owner = projectOwner(file.path());
  const auto summaries = summariesOf(file);
  const std::size_t interrupted = interruptedRuns(summaries);
  std::string out = fmt::format("Project {}\n", file.path().string());
  const auto line = [&out](std::string_view name, std::string_view value) {
    out += fmt::format("  {:<10} {}\n", name, value);
  };
  line("uuid", project.uuid);
  line("created", project.created);
  line("modified", project.modified);
  line("format", formatText(file));
  line("size", bytesText(sizes.file));
  line("storage", storageText(file.path(), sizes));
  line("in use by", owner ? owner->text() : "nobody");
  line("runs", fmt::format("{}{}", project.runs.size(),
                           interrupted > 0 ? fmt::format(", {} interrupted", interrupted) : ""));
  if (!project.builds.empty()) line("builds", fmt::format("{}", project.builds.size()));
  return out + "\n";
}

ordered_json projectJson(const ProjectFile& file) {
  const Project& project = file.saved();
  const Sizes sizes = sizesOf(file.path());
  ordered_json out{{"file", file.path().string()},
                   {"uuid", project.uuid},
                   {"created", project.created},
                   {"modified", project.modified},
                   {"format", fmt::format("{}.{}", kFormatMajor, kFormatMinor)}};
  const auto older = file.migratedFrom();
  out["migrated_from"] = older ? ordered_json(*older) : ordered_json();
  out["bytes"] = sizes.file;
  out["storage"] = {{"place", sizes.objects == 0 ? "inside" : "beside"},
                    {"objects_beside", sizes.objects},
                    {"bytes_beside", sizes.beside}};
  const auto owner = projectOwner(file.path());
  out["owner"] = ordered_json();
  if (owner) {
    out["owner"] = {{"process", owner->process},
                    {"host", owner->host},
                    {"user", owner->user},
                    {"program", owner->program},
                    {"since", owner->since}};
  }
  out["builds"] = project.builds.size();
  out["runs"] = ordered_json::array();
  for (const RunSummary& summary : summariesOf(file)) {
    out["runs"].push_back(summaryJson(summary));
  }
  return out;
}

}  // namespace a2q::cli
