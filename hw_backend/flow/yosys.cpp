// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/flow/yosys.h"

#include <fmt/format.h>

#include <string_view>
#include <utility>

#include "core/base/atomic_file.h"
#include "core/base/child_output.h"
#include "hw_backend/flow/cell_counts.h"
#include "hw_backend/flow/child_process.h"
#include "hw_backend/flow/synthesis_cache.h"
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
    return fmt::format("synth_xilinx -family xc7 -flatten -noiopad -nowidelut{}", no_dsp);
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

Result<std::optional<SynthesisReport>> runYosys(const SynthesisJob& job, const std::string& script,
                                                const std::filesystem::path& yosys,
                                                std::stop_token stop) {
  auto folder = WorkFolder::make();
  if (!folder) return forward(std::move(folder));
  auto files = job.files;
  files.emplace(kScriptFile, script);
  if (auto written = folder->write(files); !written) return forward(std::move(written));
  const ChildCommand child{.program = yosys,
                           .words = {"-q", "-s", std::string(kScriptFile)},
                           .folder = folder->path(),
                           .log = {}};
  const auto ran = runChild(child, std::move(stop));
  if (!ran) return tl::make_unexpected(ran.error());
  if (ran->end == ChildEnd::kStopped) return std::nullopt;
  if (!ran->good()) return tl::make_unexpected(toolFailure("yosys", *ran));
  auto json = readFile(folder->path() / kNetlistFile);
  if (!json) return forward(std::move(json));
  auto netlist = parseNetlist(*json, job.top);
  if (!netlist) return forward(std::move(netlist));
  auto report = countCells(*netlist, job.family);
  report.seconds = ran->seconds;
  return report;
}

}  // namespace

Result<std::filesystem::path> findYosys() { return findTool("yosys", "yosys"); }

Result<std::string> yosysVersion() {
  constexpr std::chrono::seconds kPatience{20};
  auto yosys = findYosys();
  if (!yosys) return forward(std::move(yosys));
  auto text = outputOf(*yosys, {"-V"}, kPatience);
  if (!text) return fail(ErrorCode::kToolFailed, "yosys does not tell its version");
  return text->substr(0, text->find('\n'));
}

Result<std::optional<SynthesisReport>> synthesise(const SynthesisJob& job, std::stop_token stop) {
  auto command = synthesisCommand(job);
  if (!command) return forward(std::move(command));
  auto version = yosysVersion();
  if (!version) return forward(std::move(version));
  auto yosys = findYosys();
  if (!yosys) return forward(std::move(yosys));
  const std::string script = scriptOf(job, *command);
  const SynthesisCache cache(job, script, *version);
  if (auto known = cache.find()) return known;
  auto report = runYosys(job, script, *yosys, std::move(stop));
  if (report && *report) {
    (*report)->tool_version = *version;
    cache.keep(**report);
  }
  return report;
}

}  // namespace a2q
