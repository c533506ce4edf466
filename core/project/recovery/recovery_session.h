// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "core/base/result.h"
#include "core/project/project_file.h"

namespace a2q {

/// What a recovery store says of its session, in the file "session.json" beside the state.
struct RecoverySession {
  std::filesystem::path project;  ///< empty: never saved
  std::string uuid;
  std::string written;  ///< UTC
  LockOwner writer;
  std::string saved_file;  ///< fileMark() of the project's file as this session left it
};

/// Writes it whole or not at all. Errors: kWriteFailed.
[[nodiscard]] Status writeSession(const std::filesystem::path& folder,
                                  const RecoverySession& session);

/// None when there is no such file, or another program's.
[[nodiscard]] std::optional<RecoverySession> readSession(const std::filesystem::path& folder);

/// What tells one content of a project file from another: the digest of its frame, which holds the
/// digest of all the rest; empty when there is no file.
[[nodiscard]] std::string fileMark(const std::filesystem::path& project);

/// "state.a2q" in the folder of a store.
[[nodiscard]] std::filesystem::path statePathOf(const std::filesystem::path& folder);

}  // namespace a2q
