// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "app/cli/calibration_report.h"
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/cli/progress_line.h"
#include "app/cli/signal_stop.h"
#include "core/base/atomic_file.h"
#include "core/base/parallel.h"
#include "hw_backend/calibration/calibrate.h"
#include "hw_backend/calibration/calibration_data.h"

namespace a2q::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kLongHelp =
    "Synthesises some 360 blocks of the Verilog library and 160 products for a family with Yosys, "
    "fits the calibrated model to three quarters of the blocks by least squares of relative "
    "errors, "
    "and reports its error on the quarter that it never saw. Takes five to twenty minutes on two "
    "processors.\n\n"
    "The measurements go into a file of yours, which 'a2q estimate --model calibrated' takes from "
    "then on instead of those that the program brings; -o writes another one. What was synthesised "
    "before with the same version of Yosys comes from the cache, so that an interrupted "
    "calibration "
    "goes on where it was. With --report nothing is synthesised: the errors of the measurements in "
    "use are printed.\n\n"
    "Errors count as if a block had at least 20 cells. Exit code 4: Yosys is missing or failed.";

const Family& familyOf(const Arguments& arguments) {
  for (const Family& family : families()) {
    if (family.name == *arguments.text("family")) return family;
  }
  return families().front();  // the option table allows no other names
}

Result<fs::path> outputOf(const Arguments& arguments, const Family& family) {
  const auto given = arguments.text("output");
  const fs::path path = given ? fs::path(*given) : ownCalibrationFile(family.name);
  if (path.empty()) {
    return fail(ErrorCode::kUsage, "there is no folder for your own measurements",
                "neither XDG_DATA_HOME nor HOME is set", "Name a file with -o.");
  }
  std::error_code ignored;
  if (given && fs::exists(path, ignored) && !arguments.has("force")) {
    return fail(ErrorCode::kExists, fmt::format("'{}' exists", path.string()), {},
                "Give --force to replace it.");
  }
  return path;
}

Status write(const fs::path& path, const MeasurementTable& table) {
  std::error_code error;
  if (path.has_parent_path()) fs::create_directories(path.parent_path(), error);
  return writeFileAtomically(path, measurementsText(table));
}

ExitCode tell(const Arguments& arguments, const MeasurementTable& table, const Family& family) {
  const BlockFits fits = fitBlocks(table, family);
  if (arguments.has("json")) {
    printJson(calibrationJson(table, fits));
  } else {
    printResult(calibrationText(table, fits));
  }
  return ExitCode::kOk;
}

Result<ExitCode> run(const Arguments& arguments) {
  const Family& family = familyOf(arguments);
  if (arguments.has("report")) {
    const auto table = calibrationData(family.name);
    if (!table) return tl::make_unexpected(table.error());
    return tell(arguments, *table, family);
  }
  const auto path = outputOf(arguments, family);
  if (!path) return tl::make_unexpected(path.error());
  const auto jobs = arguments.integer("jobs");
  const SignalStop signals;
  auto table = [&] {
    ProgressLine progress(arguments.has("quiet") ? Verbosity::kQuiet : Verbosity::kNormal);
    return calibrate(family, CalibrationPlan{},
                     jobs ? static_cast<int>(*jobs) : allowedProcessors(), progress,
                     signals.token());
  }();
  if (!table) return tl::make_unexpected(table.error());
  if (!*table) {
    printDiagnostic("Stopped; what was synthesised is in the cache.\n");
    return signals.exitCode();
  }
  if (Status written = write(*path, **table); !written) return forward(std::move(written));
  printDiagnostic(fmt::format("Measurements written to {}\n", path->string()));
  return tell(arguments, **table, family);
}

}  // namespace

Command calibrateCommand() {
  return {
      .name = "calibrate",
      .summary = "Measures hardware blocks with Yosys and fits the resource model",
      .long_help = kLongHelp,
      .options = {{.flags = "--family",
                   .kind = ValueKind::kText,
                   .value = "FAMILY",
                   .help = "FPGA family",
                   .need = Need::kRequired,
                   .choices = {"ice40", "ecp5", "xc7", "gowin"}},
                  {.flags = "--report",
                   .help = "Print the errors of the measurements in use; synthesise nothing"},
                  {.flags = "--jobs",
                   .kind = ValueKind::kInteger,
                   .value = "N",
                   .help = "Syntheses at a time (default: the processors)",
                   .lowest = 1,
                   .highest = 256},
                  {.flags = "-o,--output",
                   .kind = ValueKind::kPath,
                   .value = "FILE",
                   .help = "Write the measurements there"},
                  {.flags = "--force", .help = "Replace FILE where it exists"},
                  {.flags = "-q,--quiet", .help = "No progress"},
                  {.flags = "--json", .help = "Print one JSON document, schema a2q-calibration-1"}},
      .run = run};
}

}  // namespace a2q::cli
