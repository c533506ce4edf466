// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <utility>

#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/cli/run_place.h"
#include "app/cli/training_options.h"
#include "core/base/text_table.h"
#include "core/project/project_file.h"
#include "core/project/project_templates.h"

namespace a2q::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kLongHelp =
    "Makes a project: one file that holds the specification and every run that is trained by it, "
    "with series, checkpoints and certificates. It begins with a sample of the program "
    "(--template; "
    "--list names them), or with a specification of one's own (--spec).\n\n"
    "'a2q train PROJECT' adds a run, 'a2q runs PROJECT' lists them.";

ExitCode listTemplates(const Arguments& arguments) {
  const auto templates = projectTemplates();
  if (arguments.has("json")) {
    nlohmann::ordered_json out{{"schema", "a2q-templates-1"}};
    for (const ProjectTemplate& one : templates) {
      out["templates"].push_back({{"name", one.name}, {"summary", one.summary}});
    }
    printJson(out);
    return ExitCode::kOk;
  }
  TextRows rows{{"template", "what it is"}};
  for (const ProjectTemplate& one : templates) rows.push_back({one.name, one.summary});
  printResult(tableText(rows, {0, 1}, {0, 1}));
  return ExitCode::kOk;
}

Result<Experiment> startOf(const Arguments& arguments) {
  const auto spec = arguments.text("spec");
  if (spec && arguments.has("template")) {
    return fail(ErrorCode::kUsage, "--spec and --template are one too many", {},
                "Give one of them.");
  }
  auto experiment = spec
                        ? readExperiment(*spec)
                        : templateExperiment(arguments.text("template").value_or(kBuiltInTemplate));
  if (!experiment) return experiment;
  auto overrides = overridesOf(arguments);
  if (!overrides) return forward(std::move(overrides));
  return withOverrides(std::move(*experiment), *overrides);
}

Result<fs::path> pathOf(const Arguments& arguments) {
  const auto text = arguments.text("project");
  if (!text) {
    return fail(ErrorCode::kUsage, "no PROJECT given", {},
                "Name the file to make, for example 'a2q new lenet.a2q'.");
  }
  const fs::path path = *text;
  if (isProjectPath(path)) return path;
  return fail(ErrorCode::kUsage, fmt::format("'{}' is no name for a project", *text),
              "commands know a project by its ending", fmt::format("Name it '{}.a2q'.", *text));
}

Result<ExitCode> run(const Arguments& arguments) {
  if (arguments.has("list")) return listTemplates(arguments);
  const auto path = pathOf(arguments);
  if (!path) return tl::make_unexpected(path.error());
  auto experiment = startOf(arguments);
  if (!experiment) return forward(std::move(experiment));
  auto file = ProjectFile::create(*path, arguments.has("force") ? ProjectFile::Existing::kReplace
                                                                : ProjectFile::Existing::kRefuse);
  if (!file) return forward(std::move(file));
  if (auto saved = file->save(newProject(*experiment)); !saved) return forward(std::move(saved));
  const Project& project = file->saved();
  if (arguments.has("json")) {
    printJson({{"schema", "a2q-new-1"},
               {"file", path->string()},
               {"uuid", project.uuid},
               {"network", experiment->network.name},
               {"method", methodName(experiment->quant.method)}});
    return ExitCode::kOk;
  }
  printResult(fmt::format("{}: {}, {} layers, method {}.\nTrain it with 'a2q train {}'.\n",
                          path->string(), experiment->network.name,
                          experiment->network.layers.size(), methodName(experiment->quant.method),
                          path->string()));
  return ExitCode::kOk;
}

}  // namespace

Command newCommand() {
  return {.name = "new",
          .summary = "Make a project from a sample or a specification",
          .long_help = kLongHelp,
          .options = {{.flags = "--template",
                       .kind = ValueKind::kText,
                       .value = "NAME",
                       .help = "The sample to begin with (default: lenet_digits)"},
                      {.flags = "--list", .help = "Name the samples there are, and end"},
                      {.flags = "--spec",
                       .kind = ValueKind::kPath,
                       .value = "FILE",
                       .help = "A specification (.toml) to begin with"},
                      {.flags = "--set",
                       .kind = ValueKind::kText,
                       .value = "KEY=VALUE",
                       .help = "Change a setting, for example quant.accumulator_bits=12",
                       .times = Times::kRepeated},
                      {.flags = "--force", .help = "Replace a project that is already there"},
                      {.flags = "--json",
                       .help = "Print one JSON document, schema a2q-new-1 or a2q-templates-1"}},
          .positionals = {{.name = "project",
                           .help = "The file to make, with the ending .a2q",
                           .need = Need::kOptional,
                           .kind = ValueKind::kPath}},
          .run = run};
}

}  // namespace a2q::cli
