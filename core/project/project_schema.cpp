// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/project_schema.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <set>
#include <utility>

#include "core/base/identity.h"
#include "core/base/version.h"
#include "core/project/migration.h"
#include "core/project/object_names.h"
#include "core/project/stored/run_objects.h"
#include "core/project/tree_taker.h"

namespace a2q {
namespace {

constexpr const char* kFormat = "a2q-project";
/// The first version of the program that reads this major version.
constexpr const char* kLeastReader = "0.1.0";

constexpr std::array<ProjectRunState, 5> kStates{
    ProjectRunState::kTraining, ProjectRunState::kFinished, ProjectRunState::kStopped,
    ProjectRunState::kDiverged, ProjectRunState::kOutOfMemory};

void putObject(DataTree& tree, const std::string& name, const std::optional<ObjectRef>& ref) {
  if (!ref) return;
  tree.objects[name] = ref->digest;
  tree.attributes[name + "_bytes"] = integerValue(static_cast<std::int64_t>(ref->bytes));
}

std::optional<ObjectRef> takeObject(DataTree& tree, TreeTaker& taker, const std::string& name) {
  const auto found = tree.objects.find(name);
  if (found == tree.objects.end()) return std::nullopt;
  ObjectRef ref{found->second, 0};
  tree.objects.erase(found);
  const std::int64_t bytes = taker.integer(name + "_bytes");
  if (bytes < 0) taker.wrong(name + "_bytes", "0 or more");
  ref.bytes = static_cast<std::uint64_t>(std::max<std::int64_t>(0, bytes));
  return ref;
}

DataTree runIndexTree(const ProjectRun& run, std::size_t position) {
  DataTree tree = run.unknown;
  const std::pair<const char*, std::string> texts[] = {
      {"name", run.name},
      {"created", run.created},
      {"state", std::string(runStateName(run.state))},
      {"state_cause", run.state_cause},
      {"data_source", run.data_source},
      {"backend", run.backend},
      {"metric", std::string(metricKey(run.metric))},
  };
  for (const auto& [name, text] : texts) tree.attributes[name] = textValue(text);
  tree.attributes["position"] = integerValue(static_cast<std::int64_t>(position));
  tree.attributes["seed"] = integerValue(static_cast<std::int64_t>(run.seed));
  tree.attributes["seconds"] = realValue(run.seconds);
  if (run.safe) tree.attributes["safe"] = integerValue(*run.safe ? 1 : 0);
  tree.arrays["specification"] = {textValue(run.specification), {}};
  tree.arrays["epochs"] = epochTable(run.epochs);
  putObject(tree, "record", run.record);
  putObject(tree, "last_checkpoint", run.last_checkpoint);
  putObject(tree, "best_checkpoint", run.best_checkpoint);
  return tree;
}

ProjectRunState takeState(TreeTaker& taker) {
  const std::string word = taker.text("state");
  const auto found = std::ranges::find(kStates, word, runStateName);
  if (found == kStates.end()) taker.wrong("state", "the word of a state");
  return found == kStates.end() ? ProjectRunState::kStopped : *found;
}

Metric takeMetric(TreeTaker& taker) {
  const std::string word = taker.text("metric");
  if (word == metricKey(Metric::kPsnr)) return Metric::kPsnr;
  if (word != metricKey(Metric::kAccuracy)) taker.wrong("metric", "accuracy or psnr_db");
  return Metric::kAccuracy;
}

struct PlacedRun {
  std::int64_t position = 0;
  ProjectRun run;
};

tl::expected<PlacedRun, std::string> runIn(DataTree tree, const std::string& uuid) {
  TreeTaker taker(tree, "/runs/" + uuid);
  PlacedRun out;
  ProjectRun& run = out.run;
  if (!isUuid(uuid)) taker.wrong("", "the name to be a UUID");
  run.uuid = uuid;
  run.name = taker.text("name");
  run.created = taker.text("created");
  run.state = takeState(taker);
  run.state_cause = taker.text("state_cause");
  run.data_source = taker.text("data_source");
  run.backend = taker.text("backend");
  run.metric = takeMetric(taker);
  out.position = taker.integer("position");
  run.seed = static_cast<std::uint64_t>(taker.integer("seed"));
  run.seconds = taker.real("seconds");
  if (const auto safe = taker.optionalInteger("safe")) run.safe = *safe != 0;
  run.specification = taker.longText("specification");
  auto epochs = epochsOf(taker.array("epochs"));
  if (!epochs) {
    taker.wrong("epochs", "a table of epochs (" + epochs.error().cause + ")");
  } else {
    run.epochs = std::move(*epochs);
  }
  run.record = takeObject(tree, taker, "record");
  run.last_checkpoint = takeObject(tree, taker, "last_checkpoint");
  run.best_checkpoint = takeObject(tree, taker, "best_checkpoint");
  if (!taker.good()) return tl::make_unexpected(taker.problem());
  run.unknown = std::move(tree);
  return out;
}

tl::unexpected<Error> damaged(const std::string& name, std::string why) {
  return fail(ErrorCode::kFileFormat, fmt::format("cannot read '{}'", name), std::move(why),
              "'a2q repair' saves what can be read into a new file.");
}

/// "2" of "2.0"; none when it is no version.
std::optional<std::int64_t> majorOf(const std::string& version) {
  std::int64_t major = 0;
  const auto [end, problem] =
      std::from_chars(version.data(), version.data() + version.size(), major);
  const bool fits =
      problem == std::errc() && end != version.data() + version.size() && *end == '.' && major > 0;
  return fits ? std::optional(major) : std::nullopt;
}

/// The major version of a file; errors when it is not for this program.
Result<std::int64_t> checkVersion(DataTree& tree, const std::string& name) {
  TreeTaker taker(tree, "");
  const std::string format = taker.text("format");
  if (!taker.good() || format != kFormat) {
    return fail(ErrorCode::kFileFormat, fmt::format("'{}' is no project", name),
                "it is an HDF5 file of another kind");
  }
  const std::string version_text = taker.text("version");
  const std::string reader = taker.text("least_reader");
  const auto major = majorOf(version_text);
  if (!taker.good()) return damaged(name, taker.problem());
  if (!major) return damaged(name, fmt::format("/version: '{}' is no version", version_text));
  if (*major > kFormatMajor) {
    return fail(ErrorCode::kFileNewer,
                fmt::format("'{}' was written by a newer version of the program", name),
                fmt::format("its format is {}; this program, {}, reads up to {}", version_text,
                            version(), kFormatMajor),
                fmt::format("Update the program to {} or later.", reader));
  }
  return *major;
}

void takeSpecification(DataTree& tree, Project& project, std::string& problem) {
  TreeTaker root(tree, "");
  DataTree spec = root.group("spec");
  TreeTaker taker(spec, "/spec");
  for (const char* const name : {"network", "quant", "training", "data", "hardware"}) {
    if (spec.arrays.contains(name)) project.specification[name] = taker.longText(name);
  }
  problem = taker.problem();
  const bool left = spec != DataTree();
  if (left) tree.groups["spec"] = std::move(spec);
}

Status takeRuns(DataTree& tree, Project& project, const std::string& name) {
  TreeTaker root(tree, "");
  DataTree runs = root.group("runs");
  std::vector<PlacedRun> placed;
  placed.reserve(runs.groups.size());
  std::set<std::string> names;
  for (auto& [uuid, content] : runs.groups) {
    auto run = runIn(std::move(content), uuid);
    if (!run) return damaged(name, run.error());
    if (!names.insert(run->run.name).second) {
      return damaged(name, fmt::format("/runs: two are called '{}'", run->run.name));
    }
    placed.push_back(std::move(*run));
  }
  runs.groups.clear();
  std::ranges::stable_sort(placed, {}, &PlacedRun::position);
  project.runs.reserve(placed.size());
  for (PlacedRun& run : placed) project.runs.push_back(std::move(run.run));
  if (runs != DataTree()) tree.groups["runs"] = std::move(runs);
  return {};
}

}  // namespace

DataTree projectTree(const Project& project) {
  DataTree tree = project.unknown;
  const std::pair<const char*, std::string> texts[] = {
      {"format", kFormat},
      {"version", fmt::format("{}.{}", kFormatMajor, kFormatMinor)},
      {"least_reader", kLeastReader},
      {"uuid", project.uuid},
      {"created", project.created},
      {"modified", project.modified},
  };
  for (const auto& [name, text] : texts) tree.attributes[name] = textValue(text);
  DataTree& spec = tree.groups["spec"];
  for (const auto& [name, text] : project.specification) {
    spec.arrays[name] = {textValue(text), {}};
  }
  DataTree& runs = tree.groups["runs"];
  for (std::size_t i = 0; i < project.runs.size(); ++i) {
    runs.groups[project.runs[i].uuid] = runIndexTree(project.runs[i], i);
  }
  DataTree& builds = tree.groups["builds"];
  for (const auto& [uuid, build] : project.builds) builds.groups[uuid] = build;
  return tree;
}

Result<ReadProject> projectOf(DataTree tree, const std::string& name) {
  const auto major = checkVersion(tree, name);
  if (!major) return tl::make_unexpected(major.error());
  ReadProject out;
  if (*major < kFormatMajor) {
    if (auto done = migrate(tree, *major); !done) return forward(std::move(done));
    out.migrated_from = *major;
  }
  Project& project = out.project;
  TreeTaker taker(tree, "");
  project.uuid = taker.text("uuid");
  project.created = taker.text("created");
  project.modified = taker.text("modified");
  if (taker.good() && !isUuid(project.uuid)) taker.wrong("uuid", "a UUID");
  if (!taker.good()) return damaged(name, taker.problem());
  std::string problem;
  takeSpecification(tree, project, problem);
  if (!problem.empty()) return damaged(name, problem);
  if (auto done = takeRuns(tree, project, name); !done) return forward(std::move(done));
  DataTree builds = taker.group("builds");
  project.builds = std::move(builds.groups);
  builds.groups.clear();
  if (builds != DataTree()) tree.groups["builds"] = std::move(builds);
  project.unknown = std::move(tree);
  return out;
}

}  // namespace a2q
