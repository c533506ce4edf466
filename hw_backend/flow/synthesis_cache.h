// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "hw_backend/flow/synthesis_report.h"
#include "hw_backend/flow/yosys.h"

namespace a2q {

/// Reports by the SHA-256 of all that decides them, one file each, below userCacheFolder(). Several
/// processes may use it at once: a file is there whole or not at all.
class SynthesisCache {
 public:
  /// `script`: what the tool is told to do with the job's files. Without a cache folder nothing is
  /// found and nothing kept.
  SynthesisCache(const SynthesisJob& job, std::string_view script,
                 const std::string& tool_version);

  /// A file that cannot be read counts as none.
  [[nodiscard]] std::optional<SynthesisReport> find() const;
  /// Failing to keep a report is no failure of the synthesis.
  void keep(const SynthesisReport& report) const;

 private:
  std::filesystem::path file_;
};

}  // namespace a2q
