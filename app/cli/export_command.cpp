// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <filesystem>
#include <utility>

#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "core/base/atomic_file.h"
#include "core/base/text_table.h"
#include "core/integer/exchange/export_network.h"
#include "core/integer/lowering.h"
#include "core/training/checkpoint.h"
#include "core/training/trainer.h"

namespace a2q::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kLongHelp =
    "Lowers a trained network to integers and writes them for other programs: as arrays of NumPy "
    "with a description in JSON (npz), or as ONNX with the operators and data types of QONNX and "
    "FINN (qonnx). Without --format the ending of FILE decides: .npz or .onnx.\n\n"
    "Codes go in and integers come out; the first layer's scale and offset, and what the results "
    "stand for, are in the file. Both files compute exactly what 'a2q eval --integer' does. Equal "
    "networks give equal bytes. The file is written whole or not at all.";

struct Target {
  fs::path path;
  ExportFormat format = ExportFormat::kNpz;
};

std::string_view formatName(ExportFormat format) {
  return format == ExportFormat::kNpz ? "npz" : "qonnx";
}

Result<Target> targetOf(const Arguments& arguments) {
  Target target{*arguments.text("output")};
  const auto format = arguments.text("format");
  const fs::path ending = target.path.extension();
  if (!format && ending != ".npz" && ending != ".onnx") {
    return fail(ErrorCode::kUsage,
                fmt::format("'{}' does not say which format is wanted", target.path.string()), {},
                "Give --format npz or --format qonnx, or a name that ends in .npz or .onnx.");
  }
  const bool is_npz = format ? *format == "npz" : ending == ".npz";
  target.format = is_npz ? ExportFormat::kNpz : ExportFormat::kQonnx;
  // A link that leads nowhere is something to overwrite, too.
  std::error_code ignored;
  if (!arguments.has("force") && fs::exists(fs::symlink_status(target.path, ignored))) {
    return fail(ErrorCode::kExists, fmt::format("'{}' is already there", target.path.string()));
  }
  return target;
}

Result<IntegerNetwork> integersOf(const std::string& path) {
  auto model = readTrainedModel(path);
  if (!model) return forward(std::move(model));
  auto trainer = openTrainer();
  if (!trainer) return forward(std::move(trainer));
  auto trained = (*trainer)->integers(model->experiment, model->parameters);
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
                     network.name, network.nodes.size(), formatName(target.format),
                     target.path.string(), file.bytes.size(),
                     tableText(rows, {0, 1, 2, 3}, {0, 1, 2}));
}

nlohmann::ordered_json exportJson(const IntegerNetwork& network, const Target& target,
                                  const ExportedFile& file) {
  nlohmann::ordered_json out = {{"schema", "a2q-export-1"},
                                {"network", network.name},
                                {"format", formatName(target.format)},
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

Result<ExitCode> run(const Arguments& arguments) {
  auto target = targetOf(arguments);
  if (!target) return forward(std::move(target));
  auto network = integersOf(*arguments.text("model"));
  if (!network) return forward(std::move(network));
  auto file = exportNetwork(*network, target->format);
  if (!file) return forward(std::move(file));
  if (Status status = writeFileAtomically(target->path, file->bytes); !status) {
    return forward(std::move(status));
  }
  if (arguments.has("json")) {
    printJson(exportJson(*network, *target, *file));
  } else {
    printResult(exportText(*network, *target, *file));
  }
  return ExitCode::kOk;
}

}  // namespace

Command exportCommand() {
  return {.name = "export",
          .summary = "Integer weights and thresholds for other programs",
          .long_help = kLongHelp,
          .options = {{.flags = "--format",
                       .kind = ValueKind::kText,
                       .value = "KIND",
                       .help = "What to write (default: by the ending of FILE)",
                       .choices = {"npz", "qonnx"}},
                      {.flags = "-o,--output",
                       .kind = ValueKind::kPath,
                       .value = "FILE",
                       .help = "The file to write",
                       .need = Need::kRequired},
                      {.flags = "--force", .help = "Replace a file that is already there"},
                      {.flags = "--json", .help = "Print one JSON document, schema a2q-export-1"}},
          .positionals = {{.name = "model",
                           .help = "Folder of a run, or one of its safetensors files",
                           .kind = ValueKind::kPath}},
          .run = run};
}

}  // namespace a2q::cli
