// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/fetch.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

#include "core/base/sha256.h"
#include "core/data/check.h"
#include "core/data/data_folders.h"
#include "core/data/fetch_job.h"
#include "core/data/transfer/transfer.h"

namespace a2q {

namespace {

namespace fs = std::filesystem;

constexpr int kMostAttempts = 5;                            // while each brings something
constexpr std::int64_t kMostBytes = std::int64_t{1} << 30;  // of a file of unknown size

Status checkAddress(const std::string& from) {
  const std::string scheme = from.substr(0, from.find("://"));
  if (from.empty() || scheme == "https" || scheme == "http") return {};
  return fail(ErrorCode::kUsage, fmt::format("'{}' is no address to fetch from", from),
              "It begins neither with https:// nor with http://.",
              "Give the address of the folder that holds the files.");
}

std::string addressOf(const FetchJob& job, const Download& file) {
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
Status moveInto(const FetchJob& job, const fs::path& part, const fs::path& target) {
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
Result<TransferEnd> receive(const FetchJob& job, const Download& file, const fs::path& part) {
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

tl::unexpected<Error> wrongSum(const FetchJob& job, const Download& file, const std::string& sum) {
  return fail(ErrorCode::kChecksum,
              fmt::format("{} is not the published file", addressOf(job, file)),
              fmt::format("Its SHA-256 is {}, {} was expected. It was not kept.", sum, file.sha256),
              "Try again later, or name another place with --from.");
}

/// Completes the part file. One that was begun earlier may belong to another file: when its sum is
/// wrong it is fetched once more from the start.
Result<TransferEnd> complete(const FetchJob& job, const Download& file, const fs::path& part) {
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

Result<TransferEnd> fetchFile(const FetchJob& job, const Download& file) {
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

bool isPresent(const FetchJob& job) {
  const auto root = findDataSet(job.entry.set, std::array{job.folder});
  if (!root || job.entry.files.empty()) return false;
  const Result<Originals> originals = compareOriginals(job.entry, *root);
  return originals && originals->different.empty() && originals->missing.empty();
}

Result<FetchEnd> fetchAll(FetchJob& job) {
  if (Status locked = lockFolder(job.lock, job.folder); !locked) return forward(std::move(locked));
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
  FetchJob job{entry, options, **library, folder};
  const Result<FetchEnd> end = fetchAll(job);
  if (!end) return tl::make_unexpected(end.error());
  return FetchReport{*end, folder};
}

}  // namespace a2q
