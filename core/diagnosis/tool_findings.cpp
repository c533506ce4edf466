// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <array>
#include <string>

#include "core/base/child_output.h"
#include "core/diagnosis/findings.h"

namespace a2q {
namespace {

constexpr const char* kGroup = "For hardware work";

struct Tool {
  const char* name;
  const char* question;  ///< the option that makes it tell its version
  const char* package;   ///< of Debian
  const char* purpose;
};

constexpr std::array<Tool, 5> kTools = {{
    {"yosys", "-V", "yosys", "synthesis"},
    {"nextpnr-ice40", "--version", "nextpnr-ice40", "place and route for iCE40"},
    {"verilator", "--version", "verilator", "simulation"},
    {"openFPGALoader", "-V", "openfpgaloader", "programming of boards"},
    {"git", "--version", "git", "versions of generated designs"},
}};

/// The first line that is not empty.
std::string firstLine(const std::string& text) {
  const std::size_t start = text.find_first_not_of(" \r\n");
  if (start == std::string::npos) return {};
  const std::size_t end = text.find_first_of("\r\n", start);
  return text.substr(start, end == std::string::npos ? end : end - start);
}

Finding toolFinding(const Tool& tool) {
  constexpr std::chrono::seconds kLimit{5};
  Finding finding{kGroup, tool.name, FindingState::kOk, {}};
  const auto place = findProgram(tool.name);
  if (!place) {
    finding.state = FindingState::kOptional;
    finding.detail = fmt::format("not here; {}", tool.purpose);
    finding.remedy = fmt::format("On Debian: apt-get install {}", tool.package);
    return finding;
  }
  const auto told = outputOf(*place, {tool.question}, kLimit);
  if (told && !firstLine(*told).empty()) {
    finding.detail = fmt::format("{}, {}", firstLine(*told), place->string());
    return finding;
  }
  finding.state = FindingState::kWarning;
  finding.detail = fmt::format("{} does not tell its version", place->string());
  finding.remedy = fmt::format("Try '{} {}'.", place->string(), tool.question);
  return finding;
}

}  // namespace

std::vector<Finding> toolFindings() {
  std::vector<Finding> found;
  found.reserve(kTools.size());
  for (const Tool& tool : kTools) found.push_back(toolFinding(tool));
  return found;
}

}  // namespace a2q
