// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/repair/project_rebuilding.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>
#include <utility>

#include "core/base/identity.h"
#include "core/network/experiment.h"
#include "core/project/project_schema.h"
#include "core/project/repair/run_completion.h"
#include "core/project/stored/object_schema.h"

namespace a2q {
namespace {

constexpr const char* kName = "the damaged file";

std::string attributeText(const DataTree& tree, const char* name) {
  const auto found = tree.attributes.find(name);
  return found == tree.attributes.end() ? std::string() : textOf(found->second).value_or("");
}

class Rebuilding {
 public:
  Rebuilding(DataTree tree, const SalvagedObjects& objects, ProjectFile& target,
             RepairReport& report)
      : tree_(std::move(tree)), objects_(objects), target_(target), report_(report) {}

  Result<Project> project() {
    giveIdentity();
    keepObjects(tree_, "");
    completeRuns();
    addOrphans();
    completeSpecification();
    if (tree_.groups["spec"].arrays.empty()) {
      return fail(ErrorCode::kFileFormat, "nothing can be saved of it",
                  "neither its specification nor one of its runs can be read");
    }
    if (auto sound = projectOf(withRuns({}), kName); !sound)
      return tl::make_unexpected(sound.error());
    dropBrokenRuns();
    auto read = projectOf(std::move(tree_), kName);
    if (!read) return forward(std::move(read));
    tell(read->project);
    return std::move(read->project);
  }

 private:
  using Groups = std::map<std::string, DataTree, std::less<>>;

  Groups& runs() { return tree_.groups["runs"].groups; }

  void lose(const std::string& what, const std::string& why) {
    report_.lost.push_back(what + ": " + why);
  }

  /// A root that was not found becomes that of a new project.
  void giveIdentity() {
    if (tree_.attributes.contains("format")) return;
    Project blank;
    blank.uuid = newUuid();
    blank.created = utcNow();
    blank.modified = blank.created;
    tree_.attributes = projectTree(blank).attributes;
    // Before format 2 there was no part of this name.
    const auto& spec = tree_.groups["spec"].arrays;
    if (!spec.empty() && !spec.contains("data")) tree_.attributes["version"] = textValue("1.0");
  }

  /// Hands the objects that are whole to the new file, and takes the names of others out.
  void keepObjects(DataTree& tree, const std::string& path) {
    std::erase_if(tree.objects, [&](const auto& member) {
      const auto& [name, digest] = member;
      if (kept_.contains(digest)) return false;
      auto object = objects_.load(digest);
      if (!object) {
        lose(path + "/" + name, object.error());
        tree.attributes.erase(name + "_bytes");
        return true;
      }
      const ObjectRef ref = target_.keep(std::move(*object));
      tree.attributes[name + "_bytes"] = integerValue(static_cast<std::int64_t>(ref.bytes));
      kept_.insert(digest);
      return false;
    });
    for (auto& [name, group] : tree.groups) keepObjects(group, path + "/" + name);
  }

  void completeRuns() {
    for (auto& [uuid, run] : runs()) {
      // An object that lost its digest is read as if it were none, and is not to be trusted.
      for (const char* const object : {"record", "last_checkpoint", "best_checkpoint"}) {
        if (run.groups.erase(object) > 0) lose("/runs/" + uuid + "/" + object, "it is damaged");
      }
      const auto found = run.objects.find("record");
      const auto record = found == run.objects.end() ? Result<DataTree>(DataTree())
                                                     : target_.object({found->second, 0});
      if (record) completeRun(run, *record, "run-" + uuid.substr(0, 8));
    }
  }

  /// Objects beside the file that no run names: a record is a run again.
  void addOrphans() {
    for (const std::string& digest : objects_.beside()) {
      if (kept_.contains(digest)) continue;
      auto object = objects_.load(digest);
      if (!object) {
        lose("object " + digest, object.error());
      } else if (attributeText(*object, kObjectSchema) == kRunSchema) {
        const std::string uuid = newUuid();
        DataTree run;
        completeRun(run, *object, "run-" + uuid.substr(0, 8));
        run.objects["record"] = digest;
        run.attributes["record_bytes"] =
            integerValue(static_cast<std::int64_t>(target_.keep(std::move(*object)).bytes));
        runs().emplace(uuid, std::move(run));
      } else if (!runs().empty()) {
        continue;  // A checkpoint that a later one replaced, or of a copy of the project.
      } else {
        lose("object " + digest, "it is whole, but no run that could be read names it");
      }
    }
  }

  /// A specification that lost a part becomes that of the last run.
  void completeSpecification() {
    auto& spec = tree_.groups["spec"].arrays;
    const bool old = attributeText(tree_, "version").starts_with("1.");
    const bool whole = spec.contains("network") && spec.contains("quant") &&
                       spec.contains("training") && (old || spec.contains("data"));
    if (whole) return;
    for (const auto& [uuid, run] : runs()) {
      const auto found = run.arrays.find("specification");
      const auto text = found == run.arrays.end() ? std::nullopt : textOf(found->second.value);
      const auto experiment = parseExperiment(text.value_or(""), "specification");
      if (!experiment) continue;
      for (const auto& [name, part] : writeSections(*experiment)) {
        spec[name] = {textValue(part), {}};
      }
      tree_.attributes["version"] = projectTree({}).attributes.at("version");
      lose("/spec", "in part; the specification is now that of run " + uuid);
      return;
    }
    spec.clear();
  }

  /// The project with no more than these runs.
  [[nodiscard]] DataTree withRuns(Groups some) const {
    DataTree tree = tree_;
    tree.groups["runs"].groups = std::move(some);
    return tree;
  }

  void dropBrokenRuns() {
    std::erase_if(runs(), [&](const auto& member) {
      const auto alone = projectOf(withRuns({member}), kName);
      if (alone) return false;
      lose("run " + member.first, alone.error().cause);
      return true;
    });
  }

  void tell(const Project& project) {
    std::vector<std::string> parts;
    parts.reserve(project.specification.size());
    for (const auto& [name, text] : project.specification) parts.push_back(name);
    report_.kept.push_back(fmt::format("specification ({})", fmt::join(parts, ", ")));
    for (const ProjectRun& run : project.runs) {
      std::string text = fmt::format("run {} ({}, {} epochs", run.name, runStateName(run.state),
                                     run.epochs.size());
      if (run.record) text += ", record";
      if (run.last_checkpoint) text += ", last checkpoint";
      if (run.best_checkpoint) text += ", best checkpoint";
      report_.kept.push_back(text + ")");
    }
    for (const auto& [uuid, build] : project.builds) report_.kept.push_back("build " + uuid);
  }

  DataTree tree_;
  const SalvagedObjects& objects_;
  ProjectFile& target_;
  RepairReport& report_;
  std::set<std::string> kept_;
};

}  // namespace

Result<Project> rebuildProject(DataTree salvaged, const SalvagedObjects& objects,
                               ProjectFile& target, RepairReport& report) {
  return Rebuilding(std::move(salvaged), objects, target, report).project();
}

}  // namespace a2q
