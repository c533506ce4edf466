// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "app/cli/commands.h"
#include "app/cli/output.h"

namespace a2q::cli {
namespace {

std::string codeText(const ErrorInfo& info) { return fmt::format("A2Q-{:04}", info.number); }

std::string tableText() {
  std::string out;
  for (const ErrorInfo& info : errorTable()) {
    out += fmt::format("{}  exit {:<3}  {}\n    {}\n", codeText(info),
                       static_cast<int>(info.exit_code), info.title, info.remedy);
  }
  return out;
}

nlohmann::ordered_json tableJson() {
  nlohmann::ordered_json rows = nlohmann::ordered_json::array();
  for (const ErrorInfo& info : errorTable()) {
    rows.push_back({{"code", codeText(info)},
                    {"number", info.number},
                    {"title", info.title},
                    {"exit_code", static_cast<int>(info.exit_code)},
                    {"remedy", info.remedy}});
  }
  return {{"schema", "a2q-errors-1"}, {"errors", std::move(rows)}};
}

Result<ExitCode> run(const Arguments& arguments) {
  if (arguments.has("json")) {
    printJson(tableJson());
  } else {
    printResult(tableText());
  }
  return ExitCode::kOk;
}

}  // namespace

Command errorsCommand() {
  return {.name = "errors",
          .summary = "Every error with its exit code and remedy",
          .options = {{.flags = "--json", .help = "Print one JSON document, schema a2q-errors-1"}},
          .run = run};
}

}  // namespace a2q::cli
