// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/fetch.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <optional>
#include <system_error>
#include <utility>
#include <vector>

#include "core/data/check.h"
#include "core/data/data_folders.h"
#include "core/data/sha256.h"
#include "core/data/transfer/transfer.h"

namespace a2q {

namespace {

namespace fs = std::filesystem;

constexpr int kMostAttempts = 5;                            // while each brings something
constexpr std::int64_t kMostBytes = std::int64_t{1} << 30;  // of a file of unknown size
constexpr const char* kUnpackFolder = ".unpacking";

tl::unexpected<Error> unwritable(const fs::path& path, const std::string& reason) {
  return fail(ErrorCode::kWriteFailed, fmt::format("cannot write {}", path.string()), reason);
}

/// The folder while nobody else fetches into it: the lock goes with the descriptor.
class LockedFolder {
 public:
  LockedFolder() = default;
  LockedFolder(const LockedFolder&) = delete;
  LockedFolder& operator=(const LockedFolder&) = delete;
  ~LockedFolder() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }

  [[nodiscard]] Status lock(const fs::path& folder) {
    std::error_code problem;
    fs::create_directories(folder, problem);
    if (problem) return unwritable(folder, problem.message());
    descriptor_ = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor_ < 0) return unwritable(folder, std::strerror(errno));
    if (::flock(descriptor_, LOCK_EX | LOCK_NB) == 0) return {};
    return fail(ErrorCode::kExists, fmt::format("{} is in use", folder.string()),
                "Another program is fetching into it.", "Wait for it to end.");
  }

  /// Makes all that was written on its disk last.
  void syncAll() const { (void)::syncfs(descriptor_); }

  /// Makes renames in the folder last.
  void sync() const { (void)::fsync(descriptor_); }

 private:
  int descriptor_ = -1;
};

struct Job {
  const CatalogueEntry& entry;
  const FetchOptions& options;
  const TransferLibrary& library;
  fs::path folder;
  LockedFolder lock = {};
};

Status checkAddress(const std::string& from) {
  const std::string scheme = from.substr(0, from.find("://"));
  if (from.empty() || scheme == "https" || scheme == "http") return {};
  return fail(ErrorCode::kUsage, fmt::format("'{}' is no address to fetch from", from),
              "It begins neither with https:// nor with http://.",
              "Give the address of the folder that holds the files.");
}

std::string addressOf(const Job& job, const Download& file) {
  std::string address =
      job.options.from.empty() ? std::string(job.entry.address) : job.options.from;
  if (!address.ends_with('/')) address += '/';
  return address + std::string(file.name);
}

std::int64_t sizeOf(const fs::path& path) {
  std::error_code none;
  const std::uintmax_t size = fs::file_size(path, none);
  return none ? 0 : static_cast<std::int64_t>(size);
}

/// Makes the bytes last before the name does.
Status moveInto(const Job& job, const fs::path& part, const fs::path& target) {
  const int file = ::open(part.c_str(), O_RDONLY | O_CLOEXEC);
  const bool synced = file >= 0 && ::fsync(file) == 0;
  const int problem = errno;
  if (file >= 0) ::close(file);
  if (!synced) return unwritable(part, std::strerror(problem));
  if (::rename(part.c_str(), target.c_str()) != 0) return unwritable(target, std::strerror(errno));
  job.lock.sync();
  return {};
}

/// Downloads into the part file; a connection that breaks off is taken up again as long as every
/// attempt brings something.
Result<TransferEnd> receive(const Job& job, const Download& file, const fs::path& part) {
  const DownloadRequest request{addressOf(job, file), part,
                                file.bytes > 0 ? file.bytes : kMostBytes,
                                job.options.from.empty() ? Schemes::kHttps : Schemes::kHttpsAndHttp,
                                job.options.stall_seconds};
  const auto progress = [&](std::int64_t there, std::int64_t in_all) {
    if (job.options.progress) job.options.progress(file.name, there, in_all);
  };
  for (int attempt = 1;; ++attempt) {
    const std::int64_t before = sizeOf(part);
    Result<TransferEnd> end = job.library.download(request, job.options.stop, progress);
    const bool broken = !end && end.error().code == ErrorCode::kNetworkFailed;
    if (!broken || sizeOf(part) <= before || attempt == kMostAttempts) return end;
  }
}

tl::unexpected<Error> wrongSum(const Job& job, const Download& file, const std::string& sum) {
  return fail(ErrorCode::kChecksum,
              fmt::format("{} is not the published file", addressOf(job, file)),
              fmt::format("Its SHA-256 is {}, {} was expected. It was not kept.", sum, file.sha256),
              "Try again later, or name another place with --from.");
}

/// Completes the part file. One that was begun earlier may belong to another file: when its sum is
/// wrong it is fetched once more from the start.
Result<TransferEnd> complete(const Job& job, const Download& file, const fs::path& part) {
  for (;;) {
    const std::int64_t begun = sizeOf(part);
    if (file.bytes == 0 || begun != file.bytes) {
      Result<TransferEnd> end = receive(job, file, part);
      if (!end || *end == TransferEnd::kStopped) return end;
    }
    const Result<std::string> sum = sha256OfFile(part);
    if (!sum) return tl::make_unexpected(sum.error());
    if (*sum == file.sha256) return TransferEnd::kComplete;
    std::error_code ignored;
    fs::remove(part, ignored);
    if (begun == 0) return wrongSum(job, file, *sum);
  }
}

Result<TransferEnd> fetchFile(const Job& job, const Download& file) {
  const fs::path target = job.folder / file.name;
  std::error_code ignored;
  if (fs::exists(target, ignored)) {
    const Result<std::string> sum = sha256OfFile(target);
    if (!sum) return tl::make_unexpected(sum.error());
    if (*sum == file.sha256) return TransferEnd::kComplete;
    return fail(ErrorCode::kExists, fmt::format("{} is another file", target.string()),
                fmt::format("Its SHA-256 is {}, {} was expected.", *sum, file.sha256),
                "Move it away, or name another folder with --to.");
  }
  fs::path part = target;
  part += ".part";
  // Longer than it may be: nothing to go on with.
  if (file.bytes > 0 && sizeOf(part) > file.bytes) fs::remove(part, ignored);
  Result<TransferEnd> end = complete(job, file, part);
  if (!end || *end == TransferEnd::kStopped) return end;
  if (Status moved = moveInto(job, part, target); !moved) return forward(std::move(moved));
  return TransferEnd::kComplete;
}

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
Status moveUp(const Job& job, const fs::path& from) {
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

Result<TransferEnd> unpackAll(const Job& job, const fs::path& temporary) {
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

/// Unpacks into a folder of its own, which is what a crash leaves behind, and removes the archives
/// when all is in place.
Result<TransferEnd> installArchives(const Job& job) {
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

bool isPresent(const Job& job) {
  const auto root = findDataSet(job.entry.set, std::array{job.folder});
  if (!root || job.entry.files.empty()) return false;
  const Result<Originals> originals = compareOriginals(job.entry, *root);
  return originals && originals->different.empty() && originals->missing.empty();
}

Result<FetchEnd> fetchAll(Job& job) {
  if (Status locked = job.lock.lock(job.folder); !locked) return forward(std::move(locked));
  if (isPresent(job)) return FetchEnd::kPresent;
  for (const Download& file : job.entry.downloads) {
    Result<TransferEnd> end = fetchFile(job, file);
    if (!end) return forward(std::move(end));
    if (*end == TransferEnd::kStopped) return FetchEnd::kStopped;
  }
  if (job.entry.packing == Packing::kPlain) return FetchEnd::kFetched;
  Result<TransferEnd> end = installArchives(job);
  if (!end) return forward(std::move(end));
  return *end == TransferEnd::kStopped ? FetchEnd::kStopped : FetchEnd::kFetched;
}

}  // namespace

Result<FetchReport> fetchDataSet(const CatalogueEntry& entry, const FetchOptions& options) {
  if (entry.downloads.empty()) {
    return fail(ErrorCode::kUsage, fmt::format("'{}' cannot be fetched", entry.set),
                "There is nothing to download, or no sum to check it against.",
                fmt::format("Where it comes from: {}.", entry.source));
  }
  if (Status valid = checkAddress(options.from); !valid) return forward(std::move(valid));
  const fs::path folder = options.to.empty() ? cacheFolder(entry.set) : options.to;
  if (folder.empty()) {
    return fail(ErrorCode::kUsage, "there is no folder to fetch to",
                "Neither XDG_CACHE_HOME nor HOME is set.", "Name one with --to FOLDER.");
  }
  Result<const TransferLibrary*> library = openTransferLibrary();
  if (!library) return forward(std::move(library));
  Job job{entry, options, **library, folder};
  const Result<FetchEnd> end = fetchAll(job);
  if (!end) return tl::make_unexpected(end.error());
  return FetchReport{*end, folder};
}

}  // namespace a2q
