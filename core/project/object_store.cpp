// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/object_store.h"

#include <fmt/format.h>

#include <utility>

#include "core/base/atomic_file.h"
#include "core/project/file_frame.h"
#include "core/project/hdf5/hdf5_library.h"
#include "core/project/object_names.h"

namespace a2q {
namespace {

namespace fs = std::filesystem;

/// An object may be larger than an index: it holds the weights of a network and their optimizer.
constexpr std::uint64_t kLargestObject = std::uint64_t{8} << 30;

Result<TreePointer> checked(Result<DataTree> tree, const std::string& digest,
                            const fs::path& file) {
  if (!tree) return forward(std::move(tree));
  if (treeDigest(*tree) != digest) {
    return fail(ErrorCode::kChecksum, fmt::format("a part of '{}' is damaged", file.string()),
                fmt::format("its content is not what its SHA-256 {} stands for", digest),
                "'a2q repair' saves what can be read into a new file.");
  }
  return std::make_shared<const DataTree>(std::move(*tree));
}

Result<DataTree> readGroup(const fs::path& file, const std::string& group) {
  auto library = openHdf5Library();
  if (!library) return forward(std::move(library));
  // Its bytes are known to be in a file of this size.
  std::error_code problem;
  const auto size = fs::file_size(file, problem);
  TreeRequest request{group};
  request.bytes = problem ? 0 : std::min<std::uint64_t>(kLargestObject, 2 * size);
  request.objects = TreeRequest::Objects::kRead;
  return (*library)->read(file, request);
}

Result<DataTree> readObjectFile(const fs::path& file) {
  if (auto sound = checkFrame(file); !sound) return forward(std::move(sound));
  return readGroup(file, "/");
}

Status writeObjectFile(const fs::path& file, const DataTree& tree, const std::string& digest) {
  auto library = openHdf5Library();
  if (!library) return forward(std::move(library));
  auto image = (*library)->image(tree, kFrameBytes, {});
  if (!image) return forward(std::move(image));
  writeFrame(*image);
  const auto check = [&](const fs::path& temporary) -> Status {
    auto read = checked(readObjectFile(temporary), digest, temporary);
    if (!read) return forward(std::move(read));
    return {};
  };
  return writeFileChecked(file, *image, {file.string() + ".saving", check});
}

void collectPaths(const DataTree& tree, const std::string& path,
                  std::map<std::string, std::string>& out) {
  for (const auto& [name, digest] : tree.objects) out.emplace(digest, path + "/" + name);
  for (const auto& [name, group] : tree.groups) collectPaths(group, path + "/" + name, out);
}

}  // namespace

void ObjectStore::setFile(const fs::path& file, std::map<std::string, std::string> inside) {
  file_ = file;
  inside_ = std::move(inside);
}

void ObjectStore::forgetKept(const std::set<std::string>& except) {
  std::erase_if(kept_, [&](const auto& entry) { return !except.contains(entry.first); });
}

Result<TreePointer> ObjectStore::load(const std::string& digest) const {
  if (const auto kept = kept_.find(digest); kept != kept_.end()) return kept->second;
  if (const auto inside = inside_.find(digest); inside != inside_.end()) {
    return checked(readGroup(file_, inside->second), digest, file_);
  }
  std::error_code ignored;
  for (const fs::path& folder : folders_) {
    const fs::path file = folder / objectFileName(digest);
    if (fs::exists(file, ignored)) return checked(readObjectFile(file), digest, file);
  }
  if (other_ != nullptr) return other_->load(digest);
  return fail(ErrorCode::kPartMissing, "a part of the project is missing",
              fmt::format("there is no '{}' in '{}'", objectFileName(digest),
                          folders_.empty() ? std::string() : folders_.front().string()));
}

Result<std::vector<std::string>> ObjectStore::storeInto(const fs::path& folder,
                                                        const std::set<std::string>& digests) {
  std::vector<std::string> written;
  std::error_code problem;
  for (const std::string& digest : digests) {
    const fs::path file = folder / objectFileName(digest);
    if (fs::exists(file, problem)) continue;
    auto tree = load(digest);
    if (!tree) return forward(std::move(tree));
    fs::create_directories(folder, problem);
    if (auto done = writeObjectFile(file, **tree, digest); !done) return forward(std::move(done));
    written.push_back(digest);
  }
  return written;
}

std::map<std::string, std::string> objectPaths(const DataTree& tree) {
  std::map<std::string, std::string> out;
  collectPaths(tree, "", out);
  return out;
}

}  // namespace a2q
