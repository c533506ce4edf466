// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "core/diagnosis/diagnosis.h"

namespace a2q::cli {
namespace {

using Findings = std::vector<a2q::Finding>;

nlohmann::ordered_json documentOf(const Findings& findings) {
  nlohmann::ordered_json rows = nlohmann::ordered_json::array();
  for (const auto& finding : findings) {
    rows.push_back({{"group", finding.group},
                    {"what", finding.what},
                    {"state", stateName(finding.state)},
                    {"detail", finding.detail},
                    {"remedy", finding.remedy}});
  }
  return {{"schema", "a2q-doctor-1"},
          {"sound", !lacksSomething(findings)},
          {"findings", std::move(rows)}};
}

std::string verdict(const Findings& findings) {
  return lacksSomething(findings) ? "\nSomething that is needed is missing: see above.\n"
                                  : "\nEverything that is needed is here.\n";
}

Result<ExitCode> run(const Arguments& arguments) {
  const Findings findings = diagnose();
  if (arguments.has("json")) {
    printJson(documentOf(findings));
  } else {
    printResult(diagnosisText(findings) + verdict(findings));
  }
  return lacksSomething(findings) ? ExitCode::kExternalTool : ExitCode::kOk;
}

}  // namespace

Command doctorCommand() {
  return {.name = "doctor",
          .summary = "Looks whether libraries, folders, data and tools are there",
          .long_help =
              "Opens every library of the program, looks at processors, memory, folders "
              "and data sets, and at the tools that hardware work needs, and says what to "
              "do where something is not right. What is optional and not there is no "
              "fault; the exit code is 4 when something that is needed is missing.",
          .options = {{.flags = "--json", .help = "Print one JSON document, schema a2q-doctor-1"}},
          .run = run};
}

}  // namespace a2q::cli
