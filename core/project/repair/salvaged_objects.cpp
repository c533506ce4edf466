// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/repair/salvaged_objects.h"

#include <algorithm>

#include "core/project/object_names.h"

namespace a2q {
namespace {

namespace fs = std::filesystem;

using Loaded = tl::expected<DataTree, std::string>;

Loaded readWhole(const DamagedFile& file, const std::string& path, const std::string& digest) {
  std::vector<LostPart> lost;
  auto tree = file.read(path, TreeRequest::Objects::kRead, lost);
  if (!tree) return tl::make_unexpected(tree.error().cause);
  if (treeDigest(*tree) == digest) return std::move(*tree);
  return tl::make_unexpected(lost.empty() ? "its content is damaged"
                                          : lost.front().path + ": " + lost.front().why);
}

}  // namespace

Loaded SalvagedObjects::load(const std::string& digest) const {
  std::string why = "it is not there";
  if (const auto place = places_.find(digest); place != places_.end()) {
    const auto& [root, path] = place->second;
    if (root) {
      if (auto done = file_.setRoot(*root); !done) return tl::make_unexpected(done.error().cause);
    }
    auto tree = readWhole(file_, path, digest);
    if (tree) return tree;
    why = tree.error();
  }
  const fs::path beside = folder_ / objectFileName(digest);
  std::error_code problem;
  if (!fs::is_regular_file(beside, problem)) return tl::make_unexpected(why);
  const auto file = DamagedFile::open(beside, workshop_);
  if (!file) return tl::make_unexpected(file.error().cause);
  return readWhole(*file, "/", digest);
}

std::vector<std::string> SalvagedObjects::beside() const {
  std::vector<std::string> digests;
  std::error_code problem;
  for (const auto& entry : fs::directory_iterator(folder_, problem)) {
    std::string digest = entry.path().stem().string();
    if (isObjectDigest(digest)) digests.push_back(std::move(digest));
  }
  std::ranges::sort(digests);
  return digests;
}

}  // namespace a2q
