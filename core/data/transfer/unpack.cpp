// SPDX-License-Identifier: GPL-3.0-or-later
#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <system_error>
#include <vector>

#include "core/data/transfer/transfer_functions.h"

namespace a2q {

namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kMostBytes = std::int64_t{1} << 33;  // of all files together
constexpr int kMostEntries = 200'000;
constexpr std::size_t kBlock = std::size_t{1} << 18;

struct FreeArchive {
  void operator()(archive* reader) const { archive_read_free(reader); }
};
struct CloseFile {
  void operator()(std::FILE* file) const { (void)std::fclose(file); }
};

struct Unpacking {
  const fs::path& path;
  const fs::path& folder;
  const std::stop_token& stop;
  archive* reader;
  std::int64_t bytes = 0;
  int entries = 0;
};

tl::unexpected<Error> damaged(const Unpacking& job, std::string cause) {
  return fail(ErrorCode::kFileFormat, fmt::format("cannot unpack {}", job.path.string()),
              std::move(cause));
}

tl::unexpected<Error> libraryError(const Unpacking& job) {
  const char* const text = archive_error_string(job.reader);
  return damaged(job, fmt::format("libarchive says: {}.", text == nullptr ? "no reason" : text));
}

tl::unexpected<Error> unwritable(const fs::path& path, const std::string& reason) {
  return fail(ErrorCode::kWriteFailed, fmt::format("cannot write {}", path.string()), reason);
}

/// The name without "." steps, or nothing when it would leave the folder.
fs::path safeName(const char* name) {
  if (name == nullptr) return {};
  const fs::path path(name);
  if (path.is_absolute() || path.has_root_name()) return {};
  fs::path safe;
  for (const fs::path& step : path) {
    if (step == "..") return {};
    if (!step.empty() && step != ".") safe /= step;
  }
  return safe.empty() ? fs::path(".") : safe;
}

Result<TransferEnd> writeEntry(Unpacking& job, const fs::path& target) {
  // "x": never through a link, and no file twice.
  const std::unique_ptr<std::FILE, CloseFile> file(std::fopen(target.c_str(), "wbx"));
  if (!file) return unwritable(target, std::strerror(errno));
  std::vector<char> block(kBlock);
  for (;;) {
    if (job.stop.stop_requested()) return TransferEnd::kStopped;
    const la_ssize_t count = archive_read_data(job.reader, block.data(), block.size());
    if (count < 0) return libraryError(job);
    if (count == 0) break;
    job.bytes += count;
    if (job.bytes > kMostBytes) return damaged(job, "It holds more than 8 GiB.");
    const auto size = static_cast<std::size_t>(count);
    if (std::fwrite(block.data(), 1, size, file.get()) != size) {
      return unwritable(target, std::strerror(errno));
    }
  }
  if (std::fflush(file.get()) != 0) return unwritable(target, std::strerror(errno));
  return TransferEnd::kComplete;
}

Result<TransferEnd> takeEntry(Unpacking& job, archive_entry* entry) {
  const char* const name = archive_entry_pathname(entry);
  const fs::path safe = safeName(name);
  if (safe.empty()) {
    return damaged(job, fmt::format("It holds '{}', which is not inside of the folder.",
                                    name == nullptr ? "" : name));
  }
  if (++job.entries > kMostEntries) return damaged(job, "It holds too many files.");
  const bool is_folder = archive_entry_filetype(entry) == AE_IFDIR;
  const bool is_link =
      archive_entry_hardlink(entry) != nullptr || archive_entry_symlink(entry) != nullptr;
  if (is_link || (!is_folder && archive_entry_filetype(entry) != AE_IFREG)) {
    return damaged(job, fmt::format("'{}' is neither a plain file nor a folder.", safe.string()));
  }
  const fs::path target = job.folder / safe;
  std::error_code problem;
  fs::create_directories(is_folder ? target : target.parent_path(), problem);
  if (problem) return unwritable(target, problem.message());
  if (is_folder) return TransferEnd::kComplete;
  return writeEntry(job, target);
}

}  // namespace

Result<TransferEnd> unpack(const fs::path& path, const fs::path& folder,
                           const std::stop_token& stop) {
  const std::unique_ptr<archive, FreeArchive> reader(archive_read_new());
  if (!reader) return fail(ErrorCode::kInternal, "libarchive cannot be started");
  Unpacking job{path, folder, stop, reader.get()};
  archive_read_support_filter_all(reader.get());
  archive_read_support_format_tar(reader.get());
  archive_read_support_format_zip(reader.get());
  if (archive_read_open_filename(reader.get(), path.c_str(), kBlock) != ARCHIVE_OK) {
    return libraryError(job);
  }
  for (;;) {
    archive_entry* entry = nullptr;
    const int status = archive_read_next_header(reader.get(), &entry);
    if (status == ARCHIVE_EOF) return TransferEnd::kComplete;
    if (status != ARCHIVE_OK && status != ARCHIVE_WARN) return libraryError(job);
    const Result<TransferEnd> end = takeEntry(job, entry);
    if (!end || *end == TransferEnd::kStopped) return end;
  }
}

}  // namespace a2q
