// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/fetch_job.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <optional>
#include <system_error>
#include <utility>
#include <vector>

#include "core/data/check.h"

namespace a2q {

namespace {

namespace fs = std::filesystem;

constexpr const char* kUnpackFolder = ".unpacking";

/// What lies in `below` differs from what is published, or lacks something.
std::optional<Error> notPublished(const CatalogueEntry& entry, const fs::path& below) {
  const auto root = findDataSet(entry.set, std::array{below});
  Result<Originals> originals = compareOriginals(entry, root ? *root : below);
  if (!originals) return std::move(originals).error();
  for (const auto* names : {&originals->different, &originals->missing}) {
    if (names->empty()) continue;
    return makeError(
        ErrorCode::kChecksum,
        fmt::format("the archive of '{}' does not hold the published files", entry.set),
        fmt::format("'{}' differs or is missing.", names->front()));
  }
  return std::nullopt;
}

/// Moves what the folder holds one level up, where nothing may stand in its place.
Status moveUp(const FetchJob& job, const fs::path& from) {
  std::error_code problem;
  std::vector<fs::path> entries;
  for (const fs::directory_entry& entry : fs::directory_iterator(from, problem)) {
    entries.push_back(entry.path());
  }
  job.lock.syncAll();
  for (const fs::path& path : entries) {
    const fs::path target = job.folder / path.filename();
    std::error_code ignored;
    if (fs::exists(target, ignored)) {
      return fail(ErrorCode::kExists, fmt::format("{} is already there", target.string()),
                  "It does not hold the published files.",
                  "Move it away, or name another folder with --to.");
    }
    fs::rename(path, target, problem);
    if (problem) return unwritable(target, problem.message());
  }
  job.lock.sync();
  return {};
}

Result<TransferEnd> unpackAll(const FetchJob& job, const fs::path& temporary) {
  for (const Download& file : job.entry.downloads) {
    Result<TransferEnd> end =
        job.library.unpack(job.folder / file.name, temporary, job.options.stop);
    if (!end || *end == TransferEnd::kStopped) return end;
  }
  if (std::optional<Error> wrong = notPublished(job.entry, temporary)) {
    return tl::make_unexpected(*std::move(wrong));
  }
  if (Status moved = moveUp(job, temporary); !moved) return forward(std::move(moved));
  return TransferEnd::kComplete;
}

}  // namespace

Status lockFolder(FolderLock& lock, const fs::path& folder) {
  std::error_code problem;
  fs::create_directories(folder, problem);
  if (problem) return unwritable(folder, problem.message());
  switch (lock.take(folder)) {
    case FolderLockState::kHeld: return {};
    case FolderLockState::kUnavailable: return unwritable(folder, std::strerror(errno));
    case FolderLockState::kBusy: break;
  }
  return fail(ErrorCode::kExists, fmt::format("{} is in use", folder.string()),
              "Another program is fetching into it.", "Wait for it to end.");
}

tl::unexpected<Error> unwritable(const fs::path& path, const std::string& reason) {
  return fail(ErrorCode::kWriteFailed, fmt::format("cannot write {}", path.string()), reason);
}

Result<TransferEnd> installArchives(const FetchJob& job) {
  const fs::path temporary = job.folder / kUnpackFolder;
  std::error_code problem;
  fs::remove_all(temporary, problem);
  fs::create_directory(temporary, problem);
  if (problem) return unwritable(temporary, problem.message());
  Result<TransferEnd> end = unpackAll(job, temporary);
  fs::remove_all(temporary, problem);
  if (!end || *end == TransferEnd::kStopped) return end;
  for (const Download& file : job.entry.downloads) fs::remove(job.folder / file.name, problem);
  return end;
}

}  // namespace a2q
