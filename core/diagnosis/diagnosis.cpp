// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diagnosis/diagnosis.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/version.h"
#include "core/diagnosis/findings.h"

namespace a2q {

std::string_view stateName(FindingState state) {
  switch (state) {
    case FindingState::kOk: return "ok";
    case FindingState::kOptional: return "optional";
    case FindingState::kWarning: return "warning";
    case FindingState::kMissing: return "missing";
  }
  return "";
}

std::vector<Finding> diagnose() {
  const BuildFacts build = buildFacts();
  std::vector<Finding> all = {
      {"Program", "a2q", FindingState::kOk,
       fmt::format("{}, {} build by {}", version(), build.build_type, build.compiler)}};
  for (auto* const look : {libraryFindings, machineFindings, toolFindings}) {
    std::ranges::move(look(), std::back_inserter(all));
  }
  return all;
}

bool lacksSomething(const std::vector<Finding>& findings) {
  return std::ranges::any_of(
      findings, [](const Finding& one) { return one.state == FindingState::kMissing; });
}

std::string diagnosisText(const std::vector<Finding>& findings) {
  constexpr std::size_t kState = 10;
  std::string out;
  std::string_view group;
  std::size_t widest = 0;
  for (const Finding& one : findings) widest = std::max(widest, one.what.size());
  for (const Finding& one : findings) {
    if (one.group != group) out += fmt::format("{}{}\n", group.empty() ? "" : "\n", one.group);
    group = one.group;
    out += fmt::format("  {:<{}}{:<{}}  {}\n", stateName(one.state), kState, one.what, widest,
                       one.detail);
    if (!one.remedy.empty()) out += fmt::format("  {:{}}{}\n", "", kState, one.remedy);
  }
  return out;
}

}  // namespace a2q
