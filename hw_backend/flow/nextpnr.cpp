// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/flow/nextpnr.h"

#include <fmt/format.h>

#include <limits>
#include <nlohmann/json.hpp>
#include <sstream>
#include <utility>
#include <vector>

#include "core/base/atomic_file.h"
#include "hw_backend/flow/child_process.h"
#include "hw_backend/flow/tool_cache.h"
#include "hw_backend/flow/tool_version.h"
#include "hw_backend/flow/work_folder.h"

namespace a2q {
namespace {

constexpr const char* kNetlistFile = "netlist.json";
constexpr const char* kReportFile = "report.json";

std::string toolOf(const std::string& family) { return "nextpnr-" + family; }

/// The clock is asked for at a rate that no design here reaches, so that timing always counts; the
/// seed is fixed, so that the same job gives the same answer.
std::vector<std::string> wordsOf(const PlacementJob& job) {
  std::vector<std::string> words{"-q",
                                 "--json",
                                 kNetlistFile,
                                 "--report",
                                 kReportFile,
                                 "--freq",
                                 "200",
                                 "--timing-allow-fail",
                                 "--pcf-allow-unconstrained",
                                 "--seed",
                                 "1"};
  std::istringstream options(job.options);
  for (std::string word; options >> word;) words.push_back(word);
  return words;
}

Result<Placement> placementOf(const std::string& report) {
  constexpr double kMega = 1e6;
  try {
    const auto json = nlohmann::json::parse(report);
    Placement out;
    double slowest = std::numeric_limits<double>::infinity();
    for (const auto& [name, clock] : json.at("fmax").items())
      slowest = std::min(slowest, clock.at("achieved").get<double>());
    for (const auto& [name, use] : json.at("utilization").items())
      if (name.ends_with("_LC") || name.ends_with("_COMB"))
        out.logic_cells += use.at("used").get<std::int64_t>();
    if (!(slowest < std::numeric_limits<double>::infinity()))
      return fail(ErrorCode::kFileFormat, "the report of nextpnr tells no clock");
    out.clock_hz = slowest * kMega;
    return out;
  } catch (const nlohmann::json::exception& error) {
    return fail(ErrorCode::kFileFormat, "the report of nextpnr cannot be read", error.what());
  }
}

}  // namespace

Result<std::optional<std::string>> nextpnrVersion(const std::string& family,
                                                  const std::stop_token& stop) {
  const std::string name = toolOf(family);
  auto tool = findTool(name, name);
  if (!tool) return forward(std::move(tool));
  auto answer = askVersion(*tool, "--version", stop);
  if (!answer || !*answer) return answer;
  const std::string& text = **answer;
  const auto begin = text.find("(Version");
  if (begin == std::string::npos) {
    return tl::make_unexpected(
        toolAnswer(fmt::format("{} does not tell its version", name), {}, text));
  }
  return fmt::format("{} {}", name, text.substr(begin, text.find(')', begin) + 1 - begin));
}

Result<std::optional<Placement>> placeAndRoute(const PlacementJob& job, std::stop_token stop) {
  const auto version = nextpnrVersion(job.family, stop);
  if (!version) return tl::make_unexpected(version.error());
  if (!*version) return std::nullopt;
  const ToolCache cache("placement", {**version, job.options, job.netlist});
  if (const auto known = cache.find()) {
    if (const auto placement = placementOf(*known)) return *placement;
  }
  auto tool = findTool(toolOf(job.family), toolOf(job.family));
  if (!tool) return forward(std::move(tool));
  auto folder = WorkFolder::make();
  if (!folder) return forward(std::move(folder));
  if (auto written = folder->write({{kNetlistFile, job.netlist}}); !written)
    return forward(std::move(written));
  const auto ran =
      runChild({.program = *tool, .words = wordsOf(job), .folder = folder->path(), .log = {}},
               std::move(stop));
  if (!ran) return tl::make_unexpected(ran.error());
  if (ran->end == ChildEnd::kStopped) return std::nullopt;
  if (!ran->good()) return tl::make_unexpected(toolFailure(toolOf(job.family), *ran));
  const auto report = readFile(folder->path() / kReportFile);
  if (!report) {
    return tl::make_unexpected(
        toolAnswer(fmt::format("{} wrote no report", toolOf(job.family)), {}, ran->tail));
  }
  const auto placement = placementOf(*report);
  if (!placement) {
    Error error = toolAnswer(placement.error().message, placement.error().cause, ran->tail);
    error.remedy = "Use nextpnr 0.4 or newer.";
    return tl::make_unexpected(std::move(error));
  }
  cache.keep(*report);
  return *placement;
}

}  // namespace a2q
