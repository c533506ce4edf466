// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/hdf5/tree_reader.h"

#include <fmt/format.h>

#include <optional>
#include <utility>

#include "core/project/hdf5/element_types.h"
#include "core/project/hdf5/member_reader.h"
#include "core/project/object_names.h"

namespace a2q {
namespace {

namespace fs = std::filesystem;

/// Groups below groups; more is a circle.
constexpr int kDeepest = 16;

struct Member {
  std::string name;
  H5L_type_t link = H5L_TYPE_ERROR;
  std::size_t link_bytes = 0;
};

herr_t collectMember(hid_t, const char* name, const H5L_info_t* info, void* members) {
  static_cast<std::vector<Member>*>(members)->push_back({name, info->type, info->u.val_size});
  return 0;
}

class Walk {
 public:
  Walk(const fs::path& file, const TreeRequest& request)
      : file_(file), request_(request), budget_{request.bytes, request.members} {}

  Result<DataTree> group(hid_t id, const std::string& path, int depth) {
    if (depth > kDeepest) return damaged(path, "its groups are nested too deep, or in a circle");
    DataTree tree;
    auto attributes = readAttributes(id, budget_);
    if (attributes) {
      tree.attributes = std::move(*attributes);
      tree.attributes.erase(kObjectAttribute);
    } else if (!salvaged(path + "/", attributes.error())) {
      return damaged(path, attributes.error());
    }
    std::vector<Member> members;
    hsize_t position = 0;
    // In native order: for a sorted one, libhdf5 1.10 makes a table, and frees it unfilled when a
    // member is damaged.
    if (H5Literate(id, H5_INDEX_NAME, H5_ITER_NATIVE, &position, collectMember, &members) < 0) {
      const std::string why = hdf5Problem();
      if (!salvaged(path + "/", why)) return damaged(path, why);
    }
    for (const Member& each : members) {
      const std::string below = path + "/" + each.name;
      if (request_.salvage != nullptr && !request_.salvage->enters(below)) continue;
      auto done = member(id, below, each, depth, tree);
      if (!done && !salvaged(below, done.error().cause)) return forward(std::move(done));
    }
    return tree;
  }

  [[nodiscard]] tl::unexpected<Error> damaged(const std::string& path,
                                              const std::string& why) const {
    return fail(ErrorCode::kFileFormat, fmt::format("cannot read '{}'", file_.string()),
                path.empty() ? why : fmt::format("{}: {}", path, why),
                "'a2q repair' saves what can be read into a new file.");
  }

 private:
  /// Whether the reader goes on without what it could not read; `why` may begin with the path.
  bool salvaged(const std::string& path, const std::string& why) {
    if (request_.salvage == nullptr) return false;
    const bool named = why.starts_with(path + ": ");
    request_.salvage->lost(path, named ? why.substr(path.size() + 2) : why);
    return true;
  }

  Status member(hid_t group, const std::string& path, const Member& member, int depth,
                DataTree& tree) {
    if (!budget_.takeMember() || !budget_.takeBytes(member.name.size())) {
      return damaged(path, "there is more in it than a project can hold");
    }
    if (member.link == H5L_TYPE_EXTERNAL) return objectLink(group, path, member, tree);
    if (member.link != H5L_TYPE_HARD) {
      return fail(ErrorCode::kLeadsOutside, fmt::format("cannot read '{}'", file_.string()),
                  path + " is a link to another place, which is not followed");
    }
    const Handle id(H5Oopen(group, member.name.c_str(), H5P_DEFAULT), H5Oclose);
    if (!id.valid()) return damaged(path, hdf5Problem());
    switch (H5Iget_type(id.get())) {
      case H5I_DATASET: return array(id.get(), path, member.name, tree);
      case H5I_GROUP: return subgroup(id.get(), path, member.name, depth, tree);
      default: return damaged(path, "it is neither a group nor an array");
    }
  }

  Status array(hid_t id, const std::string& path, const std::string& name, DataTree& tree) {
    auto value = readArray(id, budget_);
    if (!value) return damaged(path, value.error());
    tree.arrays.emplace(name, std::move(*value));
    return {};
  }

  Status subgroup(hid_t id, const std::string& path, const std::string& name, int depth,
                  DataTree& tree) {
    if (request_.objects == TreeRequest::Objects::kNamed) {
      if (auto digest = objectDigest(id)) {
        tree.objects.emplace(name, std::move(*digest));
        return {};
      }
    }
    auto below = group(id, path, depth + 1);
    if (!below) return forward(std::move(below));
    tree.groups.emplace(name, std::move(*below));
    return {};
  }

  /// The digest of a group that is an object.
  std::optional<std::string> objectDigest(hid_t id) {
    if (H5Aexists(id, kObjectAttribute) <= 0) return std::nullopt;
    ReadBudget small{4096, 64};
    const auto attributes = readAttributes(id, small);
    if (!attributes) return std::nullopt;
    const auto found = attributes->find(kObjectAttribute);
    if (found == attributes->end()) return std::nullopt;
    auto digest = textOf(found->second);
    return digest && isObjectDigest(*digest) ? digest : std::nullopt;
  }

  Status objectLink(hid_t group, const std::string& path, const Member& member, DataTree& tree) {
    constexpr std::size_t kLongestLink = 4096;
    std::string value(std::min(member.link_bytes, kLongestLink), '\0');
    const char* file = nullptr;
    const char* inside = nullptr;
    unsigned flags = 0;
    const bool read =
        member.link_bytes <= kLongestLink &&
        H5Lget_val(group, member.name.c_str(), value.data(), value.size(), H5P_DEFAULT) >= 0 &&
        H5Lunpack_elink_val(value.data(), value.size(), &flags, &file, &inside) >= 0;
    if (!read) return damaged(path, hdf5Problem());
    auto digest = std::string(inside) == "/" ? digestOfObjectFile(file) : std::nullopt;
    if (!digest) {
      return fail(ErrorCode::kLeadsOutside, fmt::format("cannot read '{}'", file_.string()),
                  fmt::format("{} leads to '{}' in the file '{}', which is no part of a project",
                              path, inside, file));
    }
    tree.objects.emplace(member.name, std::move(*digest));
    return {};
  }

  const fs::path& file_;
  const TreeRequest& request_;
  ReadBudget budget_;
};

}  // namespace

Result<DataTree> readTree(const fs::path& file, const TreeRequest& request) {
  Walk walk(file, request);
  std::error_code problem;
  if (!fs::is_regular_file(file, problem)) {
    return fail(ErrorCode::kReadFailed, fmt::format("cannot read '{}'", file.string()),
                problem ? problem.message() : "it is no regular file");
  }
  const Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose);
  // The file never changes under its name: it is replaced as a whole.
  H5Pset_file_locking(access.get(), false, true);
  const Handle opened(H5Fopen(file.c_str(), H5F_ACC_RDONLY, access.get()), H5Fclose);
  if (!opened.valid()) return walk.damaged({}, hdf5Problem());
  const Handle group(H5Gopen2(opened.get(), request.group.c_str(), H5P_DEFAULT), H5Gclose);
  if (!group.valid()) return walk.damaged(request.group, hdf5Problem());
  return walk.group(group.get(), request.group == "/" ? std::string() : request.group, 0);
}

}  // namespace a2q
