// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/repair/salvaged_index.h"

#include <algorithm>
#include <utility>

#include "core/base/identity.h"
#include "core/project/object_store.h"
#include "core/project/project_schema.h"

namespace a2q {
namespace {

constexpr auto kNamed = TreeRequest::Objects::kNamed;

bool isRoot(const DataTree& tree) { return tree.attributes.contains("format"); }

bool isSpecification(const DataTree& tree) {
  return tree.arrays.contains("network") && tree.arrays.contains("quant") &&
         tree.arrays.contains("training");
}

bool isRunList(const DataTree& tree) {
  return tree.attributes.empty() && !tree.groups.empty() &&
         std::ranges::all_of(tree.groups, [](const auto& member) {
           return isUuid(member.first) && member.second.arrays.contains("specification");
         });
}

bool isRun(const DataTree& tree) {
  return tree.attributes.contains("name") && tree.arrays.contains("specification") &&
         tree.arrays.contains("epochs");
}

/// Notes where the objects of a run stand.
void note(const DataTree& tree, std::uint64_t root, SalvagedIndex& index) {
  for (const auto& [digest, path] : objectPaths(tree)) {
    index.objects.emplace(digest, ObjectPlace{root, path});
  }
}

/// Whether a list holds a run of this name already.
bool holds(const DataTree& runs, const DataTree& run) {
  const auto name = run.attributes.find("name");
  return std::ranges::any_of(runs.groups, [&](const auto& member) {
    const auto other = member.second.attributes.find("name");
    return other != member.second.attributes.end() && other->second == name->second;
  });
}

/// Looks at what begins at an address; whether it is the root itself.
bool look(const DamagedFile& file, std::uint64_t header, SalvagedIndex& index) {
  if (!file.setRoot(header)) return false;
  std::vector<LostPart> lost;
  auto tree = file.read("/", kNamed, lost);
  if (!tree) return false;
  DataTree& runs = index.tree.groups["runs"];
  if (isRoot(*tree)) {
    index = {std::move(*tree), {}, std::move(lost)};
    note(index.tree, header, index);
    return true;
  }
  if (isSpecification(*tree)) {
    index.tree.groups["spec"] = std::move(*tree);
  } else if (isRunList(*tree)) {
    note(*tree, header, index);
    for (auto& [uuid, run] : tree->groups) {
      std::erase_if(runs.groups, [&](const auto& other) { return holds(*tree, other.second); });
      runs.groups.insert_or_assign(uuid, std::move(run));
    }
  } else if (isRun(*tree) && !holds(runs, *tree)) {
    note(*tree, header, index);
    runs.groups.emplace(newUuid(), std::move(*tree));
  }
  return false;
}

}  // namespace

SalvagedIndex salvageIndex(const DamagedFile& file) {
  SalvagedIndex index;
  std::vector<LostPart> lost;
  if (auto tree = file.read("/", kNamed, lost); tree && isRoot(*tree)) {
    for (const auto& [digest, path] : objectPaths(*tree)) index.objects[digest] = {{}, path};
    index.tree = std::move(*tree);
    index.lost = std::move(lost);
    return index;
  }
  index.lost.push_back(
      {"/", "the identity of the project; its parts were searched for in the whole file"});
  for (const std::uint64_t header : file.headers()) {
    if (look(file, header, index)) break;
  }
  return index;
}

}  // namespace a2q
