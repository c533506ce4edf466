// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/flow/yosys.h"

#include <fmt/format.h>

#include <string_view>
#include <utility>
#include <vector>

#include "core/base/atomic_file.h"
#include "hw_backend/flow/cell_counts.h"
#include "hw_backend/flow/child_process.h"
#include "hw_backend/flow/tool_cache.h"
#include "hw_backend/flow/tool_version.h"
#include "hw_backend/flow/work_folder.h"

namespace a2q {
namespace {

constexpr std::string_view kNetlistFile = "netlist.json";
constexpr std::string_view kScriptFile = "synthesis.ys";

Result<std::string> synthesisCommand(const SynthesisJob& job) {
  // Multiplexers of the slices would join tables of four inputs to wider ones: faster by a little,
  // but measured up to twice the area.
  const std::string_view no_dsp = job.multipliers == Multipliers::kLogic ? " -nodsp" : "";
  if (job.family == "ice40")
    return fmt::format("synth_ice40{}", job.multipliers == Multipliers::kDsp ? " -dsp" : "");
  if (job.family == "ecp5") return fmt::format("synth_ecp5 -nowidelut{}", no_dsp);
  if (job.family == "xc7")
    return fmt::format("synth_xilinx -family xc7 -flatten -noiopad{}", no_dsp);
  if (job.family == "gowin") return "synth_gowin -noiopads -nowidelut";
  return fail(ErrorCode::kUsage, fmt::format("no synthesis for the family '{}'", job.family), {},
              "Choose ice40, ecp5, xc7 or gowin.");
}

std::string scriptOf(const SynthesisJob& job, std::string_view command) {
  std::string script = "read_verilog";
  for (const auto& [name, text] : job.files)
    if (name.ends_with(".v")) script += " " + name;
  return script +
         fmt::format("\n{} -top {}\njson -o {} {}\n", command, job.top, kNetlistFile, job.top);
}

Result<std::optional<SynthesisNetlist>> runYosys(const SynthesisJob& job, const std::string& script,
                                                 std::stop_token stop) {
  auto yosys = findYosys();
  if (!yosys) return forward(std::move(yosys));
  auto folder = WorkFolder::make();
  if (!folder) return forward(std::move(folder));
  auto files = job.files;
  files.emplace(kScriptFile, script);
  if (auto written = folder->write(files); !written) return forward(std::move(written));
  const ChildCommand child{.program = *yosys,
                           .words = {"-q", "-s", std::string(kScriptFile)},
                           .folder = folder->path(),
                           .log = {}};
  const auto ran = runChild(child, std::move(stop));
  if (!ran) return tl::make_unexpected(ran.error());
  if (ran->end == ChildEnd::kStopped) return std::nullopt;
  if (!ran->good()) return tl::make_unexpected(toolFailure("yosys", *ran));
  auto json = readFile(folder->path() / kNetlistFile);
  if (!json) return tl::make_unexpected(toolAnswer("yosys wrote no netlist", {}, ran->tail));
  return SynthesisNetlist{std::move(*json), ran->seconds, ran->tail};
}

Result<SynthesisReport> reportOf(const SynthesisJob& job, const SynthesisNetlist& made) {
  const auto netlist = parseNetlist(made.json, job.top);
  if (!netlist) {
    return tl::make_unexpected(
        toolAnswer(netlist.error().message, netlist.error().cause, made.tail));
  }
  auto report = countCells(*netlist, job.family);
  report.seconds = made.seconds;
  return report;
}

/// What decides a report; to be extended by what it is made with.
std::vector<std::string_view> keyOf(const SynthesisJob& job) {
  // To be raised when cells are counted in another way.
  constexpr std::string_view kCountingVersion = "3";
  std::vector<std::string_view> key{kCountingVersion, job.family};
  for (const auto& [name, text] : job.files) key.insert(key.end(), {name, text});
  return key;
}

}  // namespace

Result<std::filesystem::path> findYosys() { return findTool("yosys", "yosys"); }

Result<std::optional<std::string>> yosysVersion(const std::stop_token& stop) {
  auto yosys = findYosys();
  if (!yosys) return forward(std::move(yosys));
  auto text = askVersion(*yosys, "-V", stop);
  if (!text || !*text) return text;
  if ((*text)->empty())
    return tl::make_unexpected(toolAnswer("yosys does not tell its version", {}, {}));
  return (*text)->substr(0, (*text)->find('\n'));
}

Result<std::optional<SynthesisNetlist>> synthesiseNetlist(const SynthesisJob& job,
                                                          std::stop_token stop) {
  auto command = synthesisCommand(job);
  if (!command) return forward(std::move(command));
  return runYosys(job, scriptOf(job, *command), std::move(stop));
}

Result<std::optional<SynthesisReport>> synthesise(const SynthesisJob& job, std::stop_token stop) {
  auto command = synthesisCommand(job);
  if (!command) return forward(std::move(command));
  const auto version = yosysVersion(stop);
  if (!version) return tl::make_unexpected(version.error());
  if (!*version) return std::nullopt;
  const std::string script = scriptOf(job, *command);
  std::vector<std::string_view> key = keyOf(job);
  key.insert(key.end(), {**version, script});
  const ToolCache cache("synthesis", key);
  if (const auto known = cache.find()) {
    if (auto report = synthesisReportFromJson(*known)) return std::move(*report);
  }
  auto netlist = runYosys(job, script, std::move(stop));
  if (!netlist) return forward(std::move(netlist));
  if (!*netlist) return std::nullopt;
  auto report = reportOf(job, **netlist);
  if (!report) return forward(std::move(report));
  report->tool_version = **version;
  cache.keep(toJson(*report));
  return std::move(*report);
}

}  // namespace a2q
