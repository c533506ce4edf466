// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/project/data_tree.h"
#include "core/training/run_record.h"

namespace a2q {

/// A large part of a project that never changes, by the treeDigest() of what it is.
struct ObjectRef {
  std::string digest;
  std::uint64_t bytes = 0;  ///< contentBytes() of it
  bool operator==(const ObjectRef&) const = default;
};

/// How a run of a project stands. One that is said to train while nobody holds the project's lock
/// was interrupted: killed, or cut off from power.
enum class ProjectRunState { kTraining, kFinished, kStopped, kDiverged, kOutOfMemory };

/// "training", and the words of stateName().
[[nodiscard]] std::string_view runStateName(ProjectRunState state);
[[nodiscard]] ProjectRunState runStateOf(RunState state);

/// What a list of runs shows of one, without opening what is large.
struct ProjectRun {
  std::string uuid;
  std::string name;  ///< unique in the project: "run-1", or as a person says
  std::string created;
  std::string specification;  ///< all of it as TOML, frozen when the run began
  ProjectRunState state = ProjectRunState::kTraining;
  std::string state_cause;
  std::string data_source;
  std::string backend;
  Metric metric = Metric::kAccuracy;
  std::uint64_t seed = 0;
  double seconds = 0;
  std::optional<bool> safe;  ///< the certificate's verdict; none before there is one
  std::vector<EpochRecord> epochs;
  std::optional<ObjectRef> record;           ///< storedRunOf(): series, snapshots, integers
  std::optional<ObjectRef> last_checkpoint;  ///< checkpointOf()
  std::optional<ObjectRef> best_checkpoint;
  DataTree unknown;  ///< of a later version or another program
  bool operator==(const ProjectRun&) const = default;
};

/// Everything in a project file. A value: comparing two tells whether something is unsaved.
struct Project {
  std::string uuid;
  std::string created;
  std::string modified;
  /// "network", "quant", "training", "data", and later "hardware": each the tables of that name
  /// in TOML. Joined they are a specification file.
  std::map<std::string, std::string> specification;
  std::vector<ProjectRun> runs;                         ///< in the order they began
  std::map<std::string, DataTree, std::less<>> builds;  ///< by UUID
  DataTree unknown;
  bool operator==(const Project&) const = default;
};

/// A new project around a specification.
[[nodiscard]] Project newProject(const Experiment& experiment);

/// The specification of a project; errors as parseExperiment().
[[nodiscard]] Result<Experiment> experimentOf(const Project& project);
void setExperiment(Project& project, const Experiment& experiment);

/// The run that a person names: its name, its number from 1, the start of its UUID (4 characters
/// or more), "last" or "best" (the best score among the finished ones). Errors: kUsage with what
/// there is.
[[nodiscard]] Result<std::size_t> findRun(const Project& project, std::string_view name);

/// "run-N" with the first number that is free.
[[nodiscard]] std::string newRunName(const Project& project);

/// Every object that the project refers to, each once.
[[nodiscard]] std::vector<ObjectRef> objectsOf(const Project& project);

}  // namespace a2q
