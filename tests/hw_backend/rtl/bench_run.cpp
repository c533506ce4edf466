// SPDX-License-Identifier: GPL-3.0-or-later
#include <filesystem>

#include "core/base/atomic_file.h"
#include "hw_backend/flow/child_process.h"
#include "hw_backend/flow/work_folder.h"
#include "tests/hw_backend/rtl/bench.h"

namespace a2q::rtl_test {
namespace {

namespace fs = std::filesystem;

/// The model runs for seconds, and its compilation is what takes time.
constexpr const char* kQuickly = "OPT_FAST=-O0 OPT_SLOW=-O0 OPT_GLOBAL=-O0";

Status build(const fs::path& folder, const std::map<std::string, std::string>& files) {
  auto verilator = findTool("verilator", "verilator");
  if (!verilator) return forward(std::move(verilator));
  const fs::path bench = A2Q_BENCH_DIR;
  std::vector<std::string> words = {
      "--cc",   "--exe",      "--build", "-j",           "2",      "-Wall",
      "-O3",    "-o",         "bench",   "--x-assign",   "unique", "--x-initial",
      "unique", "-MAKEFLAGS", kQuickly,  "--top-module", "bench",  "-Wno-DECLFILENAME"};
  for (const char* name : {"bench_main.cpp", "bench.vlt", "bench_source.v", "bench_sink.v"})
    words.push_back((bench / name).string());
  for (const auto& [name, text] : files)
    if (name.ends_with(".v")) words.push_back(name);
  const auto ran = runChild(
      {.program = *verilator, .words = words, .folder = folder, .log = folder / "build.log"}, {});
  if (!ran) return tl::make_unexpected(ran.error());
  if (!ran->good()) return tl::make_unexpected(toolFailure("verilator", *ran));
  return {};
}

}  // namespace

Result<std::vector<BenchOutcome>> runBench(const std::vector<BenchUnit>& units,
                                           const std::vector<int>& stalls,
                                           std::int64_t most_cycles) {
  const auto files = benchFiles(units);
  auto folder = WorkFolder::make();
  if (!folder) return forward(std::move(folder));
  if (auto written = folder->write(files); !written) return forward(std::move(written));
  if (auto built = build(folder->path(), files); !built) return forward(std::move(built));
  std::vector<BenchOutcome> outcomes;
  for (const int stall : stalls) {
    const fs::path log = folder->path() / "run.log";
    const auto ran = runChild({.program = folder->path() / "obj_dir" / "bench",
                               .words = {std::to_string(stall), std::to_string(most_cycles)},
                               .folder = folder->path(),
                               .log = log},
                              {});
    if (!ran) return tl::make_unexpected(ran.error());
    auto text = readFile(log);
    if (!text) return forward(std::move(text));
    outcomes.push_back(readOutcome(units, *text));
  }
  return outcomes;
}

}  // namespace a2q::rtl_test
