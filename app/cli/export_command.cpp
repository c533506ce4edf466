// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <utility>

#include "app/cli/commands.h"
#include "app/cli/history_export.h"
#include "app/cli/model_source.h"
#include "app/cli/output.h"
#include "app/cli/run_place.h"
#include "core/base/atomic_file.h"
#include "core/base/text_table.h"
#include "core/integer/exchange/export_network.h"
#include "core/integer/lowering.h"
#include "core/training/trainer.h"

namespace a2q::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kLongHelp =
    "Of a trained network: lowers it to integers and writes them for other programs, as arrays of "
    "NumPy with a description in JSON (npz), or as ONNX with the operators and data types of QONNX "
    "and FINN (qonnx). Codes go in and integers come out; the first layer's scale and offset, and "
    "what the results stand for, are in the file. Both files compute exactly what 'a2q eval "
    "--integer' does. Equal networks give equal bytes.\n\n"
    "Of a project: the history of its runs, or of one (--run), as a table (csv) or a document "
    "(json). --series chooses a row an epoch, a row a step, or a row a run.\n\n"
    "A project as one file to hand over, whatever lies beside it (a2q).\n\n"
    "Without --format the ending of FILE decides: .npz, .onnx, .csv, .json or .a2q. The file is "
    "written whole or not at all.";

enum class FileKind { kNpz, kQonnx, kCsv, kJson, kProject };

struct KindRow {
  FileKind kind;
  std::string_view name;
  std::string_view ending;
};

constexpr std::array kKinds{
    KindRow{FileKind::kNpz, "npz", ".npz"}, KindRow{FileKind::kQonnx, "qonnx", ".onnx"},
    KindRow{FileKind::kCsv, "csv", ".csv"}, KindRow{FileKind::kJson, "json", ".json"},
    KindRow{FileKind::kProject, "a2q", ".a2q"}};

struct Target {
  fs::path path;
  FileKind kind = FileKind::kNpz;
};

std::string_view nameOf(FileKind kind) {
  return std::ranges::find(kKinds, kind, &KindRow::kind)->name;
}

/// Whether it is made of a project, and not of one trained network.
bool isOfProject(FileKind kind) { return kind != FileKind::kNpz && kind != FileKind::kQonnx; }

bool isHistory(FileKind kind) { return kind == FileKind::kCsv || kind == FileKind::kJson; }

Result<Target> targetOf(const Arguments& arguments) {
  const fs::path path = *arguments.text("output");
  const auto format = arguments.text("format");
  const auto row = format ? std::ranges::find(kKinds, *format, &KindRow::name)
                          : std::ranges::find(kKinds, path.extension().string(), &KindRow::ending);
  if (row == kKinds.end()) {
    return fail(ErrorCode::kUsage,
                fmt::format("'{}' does not say which format is wanted", path.string()), {},
                "Give --format npz, qonnx, csv, json or a2q, or a name that ends in .npz, .onnx, "
                ".csv, .json or .a2q.");
  }
  // A link that leads nowhere is something to overwrite, too.
  std::error_code ignored;
  if (!arguments.has("force") && fs::exists(fs::symlink_status(path, ignored))) {
    return fail(ErrorCode::kExists, fmt::format("'{}' is already there", path.string()));
  }
  return Target{path, row->kind};
}

/// Whether the format fits what is exported.
Status checkFits(const Arguments& arguments, const Target& target) {
  const std::string source = *arguments.text("model");
  if (!isHistory(target.kind) && arguments.text("series")) {
    return fail(ErrorCode::kUsage, fmt::format("{} holds no series", nameOf(target.kind)),
                "--series is for the history of a project",
                "Leave it out, or choose --format csv or json.");
  }
  if (target.kind == FileKind::kProject && arguments.text("run")) {
    return fail(ErrorCode::kUsage, "a project is handed over with all its runs", {},
                "Leave --run out.");
  }
  if (!isOfProject(target.kind) || isProjectPath(source)) return {};
  return fail(ErrorCode::kUsage, fmt::format("'{}' is no project", source),
              fmt::format("{} is made of a project", nameOf(target.kind)),
              "Choose --format npz or qonnx; the folder of a run holds its metrics.csv, steps.csv "
              "and metrics.json already.");
}

Result<IntegerNetwork> integersOf(const Arguments& arguments) {
  auto source = modelOf(arguments);
  if (!source) return forward(std::move(source));
  auto trainer = openTrainer();
  if (!trainer) return forward(std::move(trainer));
  auto trained = (*trainer)->integers(source->model.experiment, source->model.parameters);
  if (!trained) return forward(std::move(trained));
  return lowerToIntegers(*trained);
}

std::string shapeText(const ExportedArray& array) {
  return array.shape.empty() ? "number" : fmt::format("{}", fmt::join(array.shape, "×"));
}

std::string exportText(const IntegerNetwork& network, const Target& target,
                       const ExportedFile& file) {
  TextRows rows{{"array", "type", "shape", "bytes"}};
  for (const ExportedArray& array : file.arrays) {
    rows.push_back({array.name, array.type, shapeText(array), fmt::format("{}", array.bytes)});
  }
  return fmt::format("{}: {} operations as {} in {}, {} bytes [exact integers].\n\n{}",
                     network.name, network.nodes.size(), nameOf(target.kind), target.path.string(),
                     file.bytes.size(), tableText(rows, {0, 1, 2, 3}, {0, 1, 2}));
}

nlohmann::ordered_json exportJson(const IntegerNetwork& network, const Target& target,
                                  const ExportedFile& file) {
  nlohmann::ordered_json out = {{"schema", "a2q-export-1"},
                                {"network", network.name},
                                {"format", nameOf(target.kind)},
                                {"file", target.path.string()},
                                {"bytes", file.bytes.size()},
                                {"operations", network.nodes.size()},
                                {"arrays", nlohmann::ordered_json::array()}};
  for (const ExportedArray& array : file.arrays) {
    out["arrays"].push_back({{"name", array.name},
                             {"type", array.type},
                             {"shape", array.shape},
                             {"bytes", array.bytes}});
  }
  return out;
}

Result<ExitCode> exportIntegers(const Arguments& arguments, const Target& target) {
  auto network = integersOf(arguments);
  if (!network) return forward(std::move(network));
  auto file = exportNetwork(
      *network, target.kind == FileKind::kNpz ? ExportFormat::kNpz : ExportFormat::kQonnx);
  if (!file) return forward(std::move(file));
  if (Status status = writeFileAtomically(target.path, file->bytes); !status) {
    return forward(std::move(status));
  }
  if (arguments.has("json")) {
    printJson(exportJson(*network, target, *file));
  } else {
    printResult(exportText(*network, target, *file));
  }
  return ExitCode::kOk;
}

HistoryRequest requestOf(const Arguments& arguments) {
  const std::string series = arguments.text("series").value_or("epochs");
  if (series == "steps") return {HistorySeries::kSteps, arguments.text("run")};
  if (series == "summary") return {HistorySeries::kSummary, arguments.text("run")};
  return {HistorySeries::kEpochs, arguments.text("run")};
}

Result<ExitCode> exportHistory(const Arguments& arguments, const Target& target) {
  const std::string path = *arguments.text("model");
  const auto file = ProjectFile::open(path, ProjectAccess::kReadOnly);
  if (!file) return tl::make_unexpected(file.error());
  const HistoryRequest request = requestOf(arguments);
  auto text =
      target.kind == FileKind::kCsv ? historyCsv(*file, request) : historyJson(*file, request);
  if (!text) return forward(std::move(text));
  if (Status status = writeFileAtomically(target.path, *text); !status) {
    return forward(std::move(status));
  }
  const std::size_t runs = request.run ? 1 : file->saved().runs.size();
  if (arguments.has("json")) {
    printJson({{"schema", "a2q-export-1"},
               {"project", path},
               {"format", nameOf(target.kind)},
               {"file", target.path.string()},
               {"bytes", text->size()},
               {"runs", runs}});
  } else {
    printResult(fmt::format("{}: {} {} as {} in {}, {} bytes.\n", path, runs,
                            runs == 1 ? "run" : "runs", nameOf(target.kind), target.path.string(),
                            text->size()));
  }
  return ExitCode::kOk;
}

Result<ExitCode> exportProject(const Arguments& arguments, const Target& target) {
  const std::string path = *arguments.text("model");
  const auto file = ProjectFile::open(path, ProjectAccess::kReadOnly);
  if (!file) return tl::make_unexpected(file.error());
  const auto existing =
      arguments.has("force") ? ProjectFile::Existing::kReplace : ProjectFile::Existing::kRefuse;
  if (Status written = file->exportTo(target.path, existing); !written) {
    return forward(std::move(written));
  }
  std::error_code ignored;
  const auto bytes = fs::file_size(target.path, ignored);
  const std::size_t runs = file->saved().runs.size();
  if (arguments.has("json")) {
    printJson({{"schema", "a2q-export-1"},
               {"project", path},
               {"format", nameOf(target.kind)},
               {"file", target.path.string()},
               {"bytes", bytes},
               {"runs", runs}});
  } else {
    printResult(fmt::format("{}: all of it as one file in {}, {} bytes.\n", path,
                            target.path.string(), bytes));
  }
  return ExitCode::kOk;
}

Result<ExitCode> run(const Arguments& arguments) {
  const auto target = targetOf(arguments);
  if (!target) return tl::make_unexpected(target.error());
  if (Status fits = checkFits(arguments, *target); !fits) return forward(std::move(fits));
  if (target->kind == FileKind::kProject) return exportProject(arguments, *target);
  return isHistory(target->kind) ? exportHistory(arguments, *target)
                                 : exportIntegers(arguments, *target);
}

}  // namespace

Command exportCommand() {
  return {
      .name = "export",
      .summary = "Integers of a network, or the history of a project, for other programs",
      .long_help = kLongHelp,
      .options = {{.flags = "--format",
                   .kind = ValueKind::kText,
                   .value = "KIND",
                   .help = "What to write (default: by the ending of FILE)",
                   .choices = {"npz", "qonnx", "csv", "json", "a2q"}},
                  runOption(
                      "Run of a project: its name, number, UUID, 'last' or 'best' (default: of a "
                      "network the last that finished, of a history all)"),
                  {.flags = "--series",
                   .kind = ValueKind::kText,
                   .value = "KIND",
                   .help = "What csv and json tell of a run (default: epochs)",
                   .choices = {"epochs", "steps", "summary"}},
                  {.flags = "-o,--output",
                   .kind = ValueKind::kPath,
                   .value = "FILE",
                   .help = "The file to write",
                   .need = Need::kRequired},
                  {.flags = "--force", .help = "Replace a file that is already there"},
                  {.flags = "--json", .help = "Print one JSON document, schema a2q-export-1"}},
      .positionals = {modelPositional()},
      .run = run};
}

}  // namespace a2q::cli
