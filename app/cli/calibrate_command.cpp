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
#include "hw_backend/timing/clock_calibration.h"
#include "hw_backend/timing/delay_model.h"

namespace a2q::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kLongHelp =
    "Synthesises some 410 blocks of the Verilog library and 160 products for a family with Yosys, "
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
    "--clocks places and routes a fifth of those blocks on a device with nextpnr, one by one "
    "between registers, and fits the delays from which the clock of a design is estimated. Only "
    "iCE40 devices can be placed here; it takes some four minutes on two processors.\n\n"
    "Errors count as if a block had at least 20 cells. Exit code 4: Yosys or nextpnr is missing or "
    "failed.";

const Family& familyOf(const Arguments& arguments) {
  for (const Family& family : families()) {
    if (family.name == *arguments.text("family")) return family;
  }
  return families().front();  // the option table allows no other names
}

Result<fs::path> outputOf(const Arguments& arguments, const fs::path& own) {
  const auto given = arguments.text("output");
  fs::path path = given ? fs::path(*given) : own;
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

Status write(const fs::path& path, std::string_view text) {
  std::error_code error;
  if (path.has_parent_path()) fs::create_directories(path.parent_path(), error);
  if (Status written = writeFileAtomically(path, text); !written) return written;
  printDiagnostic(fmt::format("Measurements written to {}\n", path.string()));
  return {};
}

Verbosity verbosityOf(const Arguments& arguments) {
  return arguments.has("quiet") ? Verbosity::kQuiet : Verbosity::kNormal;
}

int jobsOf(const Arguments& arguments) {
  const auto jobs = arguments.integer("jobs");
  return jobs ? static_cast<int>(*jobs) : allowedProcessors();
}

ExitCode stopped(const SignalStop& signals) {
  printDiagnostic("Stopped; what was measured is in the cache.\n");
  return signals.exitCode();
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

Result<ExitCode> tell(const Arguments& arguments, const ClockTable& table, const Family& family) {
  const auto fit = fitDelays(table, family);
  if (!fit) return tl::make_unexpected(fit.error());
  if (arguments.has("json")) {
    printJson(clocksJson(table, *fit));
  } else {
    printResult(clocksText(table, *fit));
  }
  return ExitCode::kOk;
}

Result<ExitCode> runClocks(const Arguments& arguments) {
  const auto device = findDevice(*arguments.text("clocks"));
  if (!device) return tl::make_unexpected(device.error());
  if (arguments.has("report")) {
    const auto table = clockData((*device)->name);
    if (!table) return tl::make_unexpected(table.error());
    return tell(arguments, *table, *(*device)->family);
  }
  const auto path = outputOf(arguments, ownClockFile((*device)->name));
  if (!path) return tl::make_unexpected(path.error());
  const auto areas = calibrationData((*device)->family->name);
  if (!areas) return tl::make_unexpected(areas.error());
  const SignalStop signals;
  auto table = [&] {
    ProgressLine progress(verbosityOf(arguments));
    return calibrateClocks(**device, clockPlan(*areas, **device), jobsOf(arguments), progress,
                           signals.token());
  }();
  if (!table) return tl::make_unexpected(table.error());
  if (!*table) return stopped(signals);
  if (Status written = write(*path, clockTableText(**table)); !written) {
    return forward(std::move(written));
  }
  (*table)->file = *path;
  return tell(arguments, **table, *(*device)->family);
}

Result<ExitCode> runAreas(const Arguments& arguments) {
  const Family& family = familyOf(arguments);
  if (arguments.has("report")) {
    const auto table = calibrationData(family.name);
    if (!table) return tl::make_unexpected(table.error());
    return tell(arguments, *table, family);
  }
  const auto path = outputOf(arguments, ownCalibrationFile(family.name));
  if (!path) return tl::make_unexpected(path.error());
  const SignalStop signals;
  auto table = [&] {
    ProgressLine progress(verbosityOf(arguments));
    return calibrate(family, CalibrationPlan{}, jobsOf(arguments), progress, signals.token());
  }();
  if (!table) return tl::make_unexpected(table.error());
  if (!*table) return stopped(signals);
  if (Status written = write(*path, measurementsText(**table)); !written) {
    return forward(std::move(written));
  }
  (*table)->file = *path;
  return tell(arguments, **table, family);
}

Result<ExitCode> run(const Arguments& arguments) {
  if (arguments.has("clocks") == arguments.has("family")) {
    return fail(ErrorCode::kUsage, "calibrate takes one of --family and --clocks", {},
                "Give --family FAMILY for areas, --clocks DEVICE for delays.");
  }
  return arguments.has("clocks") ? runClocks(arguments) : runAreas(arguments);
}

}  // namespace

Command calibrateCommand() {
  return {
      .name = "calibrate",
      .summary = "Measures hardware blocks and fits the models of area and clock",
      .long_help = kLongHelp,
      .options = {{.flags = "--family",
                   .kind = ValueKind::kText,
                   .value = "FAMILY",
                   .help = "FPGA family whose blocks are synthesised",
                   .choices = {"ice40", "ecp5", "xc7", "gowin"}},
                  {.flags = "--clocks",
                   .kind = ValueKind::kText,
                   .value = "DEVICE",
                   .help = "Device, or the one of a board, on which blocks are placed"},
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
