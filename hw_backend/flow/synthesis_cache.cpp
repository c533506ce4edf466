// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/flow/synthesis_cache.h"

#include <fmt/format.h>

#include <system_error>

#include "core/base/atomic_file.h"
#include "core/base/sha256.h"
#include "core/base/user_folders.h"

namespace a2q {
namespace {

namespace fs = std::filesystem;

// To be raised when cells are counted in another way.
constexpr std::string_view kCountingVersion = "3";

std::string keyOf(const SynthesisJob& job, std::string_view script,
                  const std::string& tool_version) {
  Sha256 sum;
  const auto add = [&sum](std::string_view text) {
    sum.add(fmt::format("{}:", text.size()));
    sum.add(text);
  };
  add(kCountingVersion);
  add(tool_version);
  add(job.family);
  add(script);
  for (const auto& [name, text] : job.files) {
    add(name);
    add(text);
  }
  return sum.hex();
}

}  // namespace

SynthesisCache::SynthesisCache(const SynthesisJob& job, std::string_view script,
                               const std::string& tool_version) {
  const fs::path folder = userCacheFolder();
  if (!folder.empty()) file_ = folder / "synthesis" / (keyOf(job, script, tool_version) + ".json");
}

std::optional<SynthesisReport> SynthesisCache::find() const {
  std::error_code ignored;
  if (file_.empty() || !fs::exists(file_, ignored)) return std::nullopt;
  const auto text = readFile(file_);
  if (!text) return std::nullopt;
  auto report = synthesisReportFromJson(*text);
  return report ? std::optional(std::move(*report)) : std::nullopt;
}

void SynthesisCache::keep(const SynthesisReport& report) const {
  if (file_.empty()) return;
  std::error_code failure;
  fs::create_directories(file_.parent_path(), failure);
  if (!failure) static_cast<void>(writeFileAtomically(file_, toJson(report)));
}

}  // namespace a2q
