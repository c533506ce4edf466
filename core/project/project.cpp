// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/project.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <set>

#include "core/base/identity.h"
#include "core/base/result.h"
#include "core/training/checkpoint.h"

namespace a2q {
namespace {

/// The sections of a specification file, in its order.
constexpr std::array kSections{"network", "quant", "training", "data"};

constexpr std::size_t kLeastOfUuid = 4;

/// Objects in what this version does not understand; how large they are is not known.
void addObjects(const DataTree& tree, std::set<std::string>& seen, std::vector<ObjectRef>& out) {
  for (const auto& [name, digest] : tree.objects) {
    if (seen.insert(digest).second) out.push_back({digest, 0});
  }
  for (const auto& [name, group] : tree.groups) addObjects(group, seen, out);
}

std::optional<std::size_t> numberOf(std::string_view text) {
  std::size_t number = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = problem == std::errc() && end == text.data() + text.size();
  return whole ? std::optional(number) : std::nullopt;
}

/// The position of the best score among the finished runs; the first of equals.
std::optional<std::size_t> bestRun(const Project& project) {
  std::optional<std::size_t> best;
  double best_score = 0;
  for (std::size_t i = 0; i < project.runs.size(); ++i) {
    if (project.runs[i].state != ProjectRunState::kFinished) continue;
    const EpochRecord* epoch = bestEpoch(project.runs[i].epochs);
    if (epoch == nullptr || std::isnan(epoch->test_score)) continue;
    if (best && epoch->test_score <= best_score) continue;
    best = i;
    best_score = epoch->test_score;
  }
  return best;
}

std::vector<std::size_t> runsWithUuid(const Project& project, std::string_view start) {
  std::vector<std::size_t> found;
  if (start.size() < kLeastOfUuid) return found;
  for (std::size_t i = 0; i < project.runs.size(); ++i) {
    if (project.runs[i].uuid.starts_with(start)) found.push_back(i);
  }
  return found;
}

std::string namesOf(const Project& project) {
  constexpr std::size_t kMost = 20;
  std::string text;
  for (std::size_t i = 0; i < std::min(project.runs.size(), kMost); ++i) {
    text += fmt::format("{}{}", i == 0 ? "" : ", ", project.runs[i].name);
  }
  if (project.runs.size() > kMost) {
    text += fmt::format(" and {} more", project.runs.size() - kMost);
  }
  return text;
}

tl::unexpected<Error> noRun(const Project& project, std::string_view name,
                            const std::string& cause) {
  return fail(ErrorCode::kUsage, fmt::format("no run '{}' in the project", name), cause,
              project.runs.empty()
                  ? "Add a run with 'a2q train PROJECT'."
                  : fmt::format("Name one of: {}; or its number, the start of its UUID, 'last' or "
                                "'best'.",
                                namesOf(project)));
}

}  // namespace

std::string_view runStateName(ProjectRunState state) {
  switch (state) {
    case ProjectRunState::kTraining: return "training";
    case ProjectRunState::kFinished: return stateName(RunState::kFinished);
    case ProjectRunState::kStopped: return stateName(RunState::kStopped);
    case ProjectRunState::kDiverged: return stateName(RunState::kDiverged);
    case ProjectRunState::kOutOfMemory: return stateName(RunState::kOutOfMemory);
  }
  return "unknown";
}

ProjectRunState runStateOf(RunState state) {
  switch (state) {
    case RunState::kFinished: return ProjectRunState::kFinished;
    case RunState::kStopped: return ProjectRunState::kStopped;
    case RunState::kDiverged: return ProjectRunState::kDiverged;
    case RunState::kOutOfMemory: return ProjectRunState::kOutOfMemory;
  }
  return ProjectRunState::kStopped;
}

Project newProject(const Experiment& experiment) {
  Project project;
  project.uuid = newUuid();
  project.created = utcNow();
  project.modified = project.created;
  setExperiment(project, experiment);
  return project;
}

Result<Experiment> experimentOf(const Project& project) {
  std::string text;
  for (const char* name : kSections) {
    const auto section = project.specification.find(name);
    if (section == project.specification.end()) continue;
    if (!text.empty()) text += '\n';
    text += section->second;
  }
  return parseExperiment(text, "the project's specification");
}

void setExperiment(Project& project, const Experiment& experiment) {
  for (auto& [name, text] : writeSections(experiment)) {
    project.specification[name] = text;
  }
}

Result<std::size_t> findRun(const Project& project, std::string_view name) {
  const auto& runs = project.runs;
  const auto named = std::find_if(runs.begin(), runs.end(),
                                  [&](const ProjectRun& run) { return run.name == name; });
  if (named != runs.end()) return static_cast<std::size_t>(named - runs.begin());
  if (runs.empty()) return noRun(project, name, "it has no runs yet");
  if (name == "last") return runs.size() - 1;
  if (name == "best") {
    if (const auto best = bestRun(project)) return *best;
    return noRun(project, name, "no run has finished with a score");
  }
  const auto number = numberOf(name);
  if (number && *number >= 1 && *number <= runs.size()) return *number - 1;
  const auto found = runsWithUuid(project, name);
  if (found.size() == 1) return found.front();
  if (found.size() > 1) {
    return noRun(project, name, fmt::format("{} runs have a UUID that starts so", found.size()));
  }
  return noRun(project, name, fmt::format("it has {} runs, none is called so", runs.size()));
}

std::string newRunName(const Project& project) {
  std::set<std::string, std::less<>> taken;
  for (const ProjectRun& run : project.runs) taken.insert(run.name);
  std::size_t number = 1;
  while (taken.contains(fmt::format("run-{}", number))) ++number;
  return fmt::format("run-{}", number);
}

std::vector<ObjectRef> objectsOf(const Project& project) {
  std::vector<ObjectRef> out;
  std::set<std::string> seen;
  for (const ProjectRun& run : project.runs) {
    for (const auto* ref : {&run.record, &run.last_checkpoint, &run.best_checkpoint}) {
      if (*ref && seen.insert((*ref)->digest).second) out.push_back(**ref);
    }
  }
  for (const ProjectRun& run : project.runs) addObjects(run.unknown, seen, out);
  for (const auto& [uuid, build] : project.builds) addObjects(build, seen, out);
  addObjects(project.unknown, seen, out);
  return out;
}

}  // namespace a2q
