// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/project_diff.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "core/project/facts.h"
#include "core/training/checkpoint.h"

namespace a2q {
namespace {

/// Whether what belongs to one run alone counts: its name, its times, its stored parts.
enum class Identity { kCounts, kIgnored };

std::string numberText(double value) { return fmt::format("{}", value); }

std::string numberText(const std::optional<double>& value) {
  return value ? numberText(*value) : std::string();
}

std::string objectText(const std::optional<ObjectRef>& ref) {
  return ref ? ref->digest : std::string();
}

/// A tree in few characters; empty for an empty one.
std::string treeText(const DataTree& tree) {
  return tree == DataTree() ? std::string() : treeDigest(tree);
}

void addEpochs(std::vector<Fact>& facts, const ProjectRun& run, Identity identity) {
  for (const EpochRecord& epoch : run.epochs) {
    const std::string name = epochName(epoch.phase, epoch.epoch) + ", ";
    facts.insert(facts.end(), {{name + "train_loss", numberText(epoch.train_loss)},
                               {name + "train_score", numberText(epoch.train_score)},
                               {name + "test_loss", numberText(epoch.test_loss)},
                               {name + "test_score", numberText(epoch.test_score)},
                               {name + "learning_rate", numberText(epoch.learning_rate)},
                               {name + "penalty", numberText(epoch.penalty)},
                               {name + "worst_margin_bits", numberText(epoch.worst_margin_bits)},
                               {name + "sparsity", numberText(epoch.sparsity)}});
    if (identity == Identity::kCounts) {
      facts.push_back({name + "seconds", numberText(epoch.seconds)});
    }
  }
}

std::vector<Fact> factsOf(const ProjectRun& run, Identity identity) {
  std::vector<Fact> facts = {
      {"state", std::string(runStateName(run.state))},
      {"state_cause", run.state_cause},
      {"data_source", run.data_source},
      {"backend", run.backend},
      {"metric", std::string(metricKey(run.metric))},
      {"seed", fmt::format("{}", run.seed)},
      {"safe", run.safe ? (*run.safe ? "yes" : "no") : ""},
  };
  if (identity == Identity::kCounts) {
    facts.insert(facts.begin(), {{"name", run.name}, {"created", run.created}});
    facts.insert(facts.end(), {{"seconds", numberText(run.seconds)},
                               {"record", objectText(run.record)},
                               {"last_checkpoint", objectText(run.last_checkpoint)},
                               {"best_checkpoint", objectText(run.best_checkpoint)},
                               {"unknown content", treeText(run.unknown)}});
  }
  addEpochs(facts, run, identity);
  return facts;
}

std::vector<std::string_view> linesOf(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

/// Lines by their numbers, those alike at the beginning and at the end left out.
void compareLines(std::string_view a, std::string_view b, const std::string& prefix,
                  std::vector<Difference>& out) {
  auto left = linesOf(a);
  auto right = linesOf(b);
  while (!left.empty() && !right.empty() && left.back() == right.back()) {
    left.pop_back();
    right.pop_back();
  }
  for (std::size_t i = 0; i < std::max(left.size(), right.size()); ++i) {
    const std::string one(i < left.size() ? left[i] : std::string_view());
    const std::string other(i < right.size() ? right[i] : std::string_view());
    if (one != other) out.push_back({fmt::format("{}line {}", prefix, i + 1), one, other});
  }
}

void compareSpecifications(const std::string& a, const std::string& b, const std::string& prefix,
                           std::vector<Difference>& out) {
  if (a == b) return;
  const auto one = parseExperiment(a, "specification");
  const auto other = parseExperiment(b, "specification");
  if (one && other) {
    compareFacts(settingsOf(*one), settingsOf(*other), prefix, out);
  } else {
    compareLines(a, b, prefix + "specification, ", out);
  }
}

void compareRuns(const ProjectRun& a, const ProjectRun& b, Identity identity,
                 const std::string& prefix, std::vector<Difference>& out) {
  compareSpecifications(a.specification, b.specification, prefix, out);
  compareFacts(factsOf(a, identity), factsOf(b, identity), prefix, out);
}

constexpr std::array kSections{"network", "quant", "training", "data"};

std::string joined(const Project& project) {
  std::string text;
  for (const char* name : kSections) {
    const auto section = project.specification.find(name);
    if (section != project.specification.end()) text += section->second;
  }
  return text;
}

/// Sections that specifications of this version do not have.
void compareOtherSections(const Project& a, const Project& b, std::vector<Difference>& out) {
  std::map<std::string, std::pair<std::string, std::string>> texts;
  for (const auto& [name, text] : a.specification) texts[name].first = text;
  for (const auto& [name, text] : b.specification) texts[name].second = text;
  for (const auto& [name, both] : texts) {
    if (std::ranges::find(kSections, name) != kSections.end()) continue;
    compareLines(both.first, both.second, name + ", ", out);
  }
}

std::string summaryOf(const ProjectRun& run) {
  const EpochRecord* best = bestEpoch(run.epochs);
  return fmt::format("{}, {} epochs{}", runStateName(run.state), run.epochs.size(),
                     best == nullptr ? "" : ", " + scoreText(best->metric, best->test_score));
}

std::string orderOf(const Project& project) {
  std::vector<std::string_view> names;
  names.reserve(project.runs.size());
  for (const ProjectRun& run : project.runs) names.push_back(run.name);
  return fmt::format("{}", fmt::join(names, ", "));
}

const ProjectRun* runWith(const Project& project, const std::string& uuid) {
  const auto found = std::ranges::find(project.runs, uuid, &ProjectRun::uuid);
  return found == project.runs.end() ? nullptr : &*found;
}

void compareHistories(const Project& a, const Project& b, std::vector<Difference>& out) {
  bool same_runs = a.runs.size() == b.runs.size();
  bool same_order = true;
  for (std::size_t i = 0; i < a.runs.size(); ++i) {
    const ProjectRun& run = a.runs[i];
    const ProjectRun* other = runWith(b, run.uuid);
    if (other == nullptr) {
      same_runs = false;
      out.push_back({"run " + run.name, summaryOf(run), {}});
      continue;
    }
    same_order = same_order && i < b.runs.size() && b.runs[i].uuid == run.uuid;
    compareRuns(run, *other, Identity::kCounts, fmt::format("run {}, ", run.name), out);
  }
  for (const ProjectRun& run : b.runs) {
    if (runWith(a, run.uuid) == nullptr) out.push_back({"run " + run.name, {}, summaryOf(run)});
  }
  if (same_runs && !same_order) out.push_back({"order of the runs", orderOf(a), orderOf(b)});
}

std::vector<Fact> buildsOf(const Project& project) {
  std::vector<Fact> facts;
  facts.reserve(project.builds.size() + 1);
  for (const auto& [uuid, build] : project.builds) {
    facts.push_back({"build " + uuid, treeDigest(build)});
  }
  facts.push_back({"unknown content", treeText(project.unknown)});
  return facts;
}

}  // namespace

std::vector<Difference> projectDiff(const Project& a, const Project& b) {
  std::vector<Difference> out;
  compareSpecifications(joined(a), joined(b), {}, out);
  compareOtherSections(a, b, out);
  compareHistories(a, b, out);
  compareFacts(buildsOf(a), buildsOf(b), {}, out);
  return out;
}

std::vector<Difference> runDiff(const ProjectRun& a, const ProjectRun& b) {
  std::vector<Difference> out;
  compareRuns(a, b, Identity::kIgnored, {}, out);
  return out;
}

std::vector<Difference> specificationDiff(const std::string& a, const std::string& b) {
  std::vector<Difference> out;
  compareSpecifications(a, b, {}, out);
  return out;
}

}  // namespace a2q
