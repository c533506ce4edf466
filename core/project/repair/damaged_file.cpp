// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/repair/damaged_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <span>
#include <sstream>
#include <utility>

#include "core/base/atomic_file.h"
#include "core/base/isolated.h"
#include "core/project/file_frame.h"
#include "core/project/project_lane.h"
#include "core/project/repair/superblock.h"

namespace a2q {
namespace {

namespace fs = std::filesystem;

/// How many members may upset libhdf5 so much that it takes its process along.
constexpr int kMostCrashes = 32;
/// What a child writes for its parent stands behind a folder of this name, which nobody follows.
constexpr const char* kObjectsOfPart = "part.objects";

enum class Word { kEnters, kLost, kFailed, kDone };

std::string line(Word word, const std::string& path, const std::string& why) {
  const nlohmann::json json{static_cast<int>(word), path, why};
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

/// What a child has told.
struct Account {
  std::optional<std::string> entered;  ///< the member it was at
  std::vector<LostPart> lost;
  std::optional<std::string> failed;
  bool done = false;
};

Account accountOf(const std::string& text) {
  Account account;
  std::istringstream lines(text);
  for (std::string each; std::getline(lines, each);) {
    const auto json = nlohmann::json::parse(each, nullptr, false);
    if (json.is_discarded()) continue;
    const auto path = json[1].get<std::string>();
    const auto why = json[2].get<std::string>();
    switch (static_cast<Word>(json[0].get<int>())) {
      case Word::kEnters: account.entered = path; break;
      case Word::kLost: account.lost.push_back({path, why}); break;
      case Word::kFailed: account.failed = why; break;
      case Word::kDone: account.done = true; break;
    }
  }
  return account;
}

/// Reads in the child and leaves the tree as a sound file.
Status readInto(const fs::path& part, const fs::path& file, const TreeRequest& request) {
  auto library = openHdf5Library();
  if (!library) return forward(std::move(library));
  auto tree = (*library)->read(file, request);
  if (!tree) return forward(std::move(tree));
  auto image = (*library)->image(*tree, kFrameBytes, {kObjectsOfPart, {}});
  if (!image) return forward(std::move(image));
  writeFrame(*image);
  return writeFileAtomically(part, *image);
}

/// One attempt in a child, without the members in `skip`.
Result<Account> attempt(const fs::path& part, const fs::path& file, TreeRequest request,
                        const std::set<std::string>& skip, const IsolationLimits& limits) {
  auto output = runIsolated(
      [&](const std::function<void(std::string_view)>& tell) {
        const Salvage salvage{[&](const std::string& path) {
                                if (skip.contains(path)) return false;
                                tell(line(Word::kEnters, path, ""));
                                return true;
                              },
                              [&](const std::string& path, const std::string& why) {
                                tell(line(Word::kLost, path, why));
                              }};
        request.salvage = &salvage;
        const auto read = readInto(part, file, request);
        tell(read ? line(Word::kDone, "", "") : line(Word::kFailed, "", read.error().cause));
      },
      limits);
  if (!output) return forward(std::move(output));
  Account account = accountOf(output->text);
  if (account.done || account.failed) return account;
  if (account.entered) {
    account.lost.assign(1, {*account.entered, output->failure});
  } else {
    account.failed = output->failure;
  }
  return account;
}

/// The first bytes of HDF5 in a file: at its start, or behind the frame of a project.
std::uint64_t baseOf(const std::string& head) {
  return head.starts_with("\x89HDF") ? 0 : kFrameBytes;
}

}  // namespace

Result<DamagedFile> DamagedFile::open(const fs::path& file, const fs::path& workshop) {
  DamagedFile out;
  out.copy_ = workshop / "copy.h5";
  out.part_ = workshop / "part.h5";
  const fs::path& copy = out.copy_;
  std::error_code problem;
  fs::copy_file(file, copy, fs::copy_options::overwrite_existing, problem);
  if (problem) {
    return fail(ErrorCode::kReadFailed, fmt::format("cannot copy '{}'", file.string()),
                problem.message());
  }
  fs::permissions(copy, fs::perms::owner_read | fs::perms::owner_write, problem);
  std::string head(kFrameBytes + kSuperblockBytes, '\0');
  std::ifstream(copy, std::ios::binary)
      .read(head.data(), static_cast<std::streamsize>(head.size()));
  out.base_ = baseOf(head);
  out.bytes_ = fs::file_size(copy, problem);
  out.end_ = out.bytes_;
  const auto block = superblockIn(std::as_bytes(std::span(head).subspan(out.base_)));
  if (!block || block->end <= out.end_) return out;
  fs::resize_file(copy, block->end, problem);
  if (problem) {
    return fail(ErrorCode::kWriteFailed, fmt::format("cannot write '{}'", copy.string()),
                problem.message());
  }
  out.end_ = block->end;
  return out;
}

Result<DataTree> DamagedFile::read(const std::string& group, TreeRequest::Objects objects,
                                   std::vector<LostPart>& lost) const {
  TreeRequest request;
  request.group = group;
  request.objects = objects;
  request.bytes = std::max(request.bytes, 2 * bytes_);
  IsolationLimits limits;
  limits.bytes = std::max(limits.bytes, 4 * bytes_);
  std::set<std::string> skip;
  for (int i = 0; i < kMostCrashes; ++i) {
    auto account = projectLane().run([&] { return attempt(part_, copy_, request, skip, limits); });
    if (!account) return forward(std::move(account));
    if (account->failed) {
      return fail(ErrorCode::kFileFormat, fmt::format("cannot read {}", group), *account->failed);
    }
    lost.insert(lost.end(), account->lost.begin(), account->lost.end());
    if (account->done) {
      auto library = openHdf5Library();
      if (!library) return forward(std::move(library));
      request.group = "/";
      return projectLane().run([&] { return (*library)->read(part_, request); });
    }
    skip.insert(account->lost.front().path);
  }
  return fail(ErrorCode::kFileFormat, fmt::format("cannot read {}", group),
              "too much of it upsets the reader");
}

std::vector<std::uint64_t> DamagedFile::headers() const {
  constexpr std::size_t kMostHeaders = 1024;
  constexpr std::size_t kMostBytes = std::size_t{1} << 32;
  const auto text = readFile(copy_, kMostBytes);
  if (!text) return {};
  std::vector<std::uint64_t> places = objectHeaders(*text, kMostHeaders);
  std::erase_if(places, [this](std::uint64_t place) { return place < base_; });
  return places;
}

Status DamagedFile::setRoot(std::uint64_t header) const {
  const auto block = superblockBytes({base_, end_, header - base_});
  std::fstream file(copy_, std::ios::binary | std::ios::in | std::ios::out);
  file.seekp(static_cast<std::streamoff>(base_));
  file.write(reinterpret_cast<const char*>(block.data()), block.size());
  file.flush();
  if (file) return {};
  return fail(ErrorCode::kWriteFailed, fmt::format("cannot write '{}'", copy_.string()),
              std::strerror(errno));
}

}  // namespace a2q
