// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/cli/commands.h"
#include "app/cli/estimate_report.h"
#include "app/cli/output.h"
#include "core/base/text_table.h"
#include "hw_backend/device/board.h"

namespace a2q::cli {
namespace {

/// The boards that a device is on.
std::vector<std::string> boardsWith(const Device& device) {
  std::vector<std::string> names;
  for (const Board& board : boards()) {
    if (board.device == &device) names.push_back(board.name);
  }
  return names;
}

std::string devicesText() {
  TextRows rows{{"device", "family", "area", "", "FF", "memories", "", "DSP", "boards"}};
  for (const Device& device : devices()) {
    const auto& [lut, ff, bram, dsp] = device.totals;
    rows.push_back(
        {device.name, device.family->name, fmt::format("{:.0f}", lut), device.family->area_unit,
         fmt::format("{:.0f}", ff), fmt::format("{:.0f}", bram), device.family->bram_kind,
         fmt::format("{:.0f}", dsp), fmt::format("{}", fmt::join(boardsWith(device), ", "))});
  }
  return tableText(rows, {0, 1, 2, 3, 4, 5, 6, 7, 8}, {0, 1, 3, 6, 8});
}

nlohmann::ordered_json devicesJson() {
  nlohmann::ordered_json rows = nlohmann::ordered_json::array();
  for (const Device& device : devices()) {
    rows.push_back({{"device", device.name},
                    {"part", device.part},
                    {"family", device.family->name},
                    {"area_unit", device.family->area_unit},
                    {"memory", device.family->bram_kind},
                    {"totals", resourcesJson(device.totals)},
                    {"boards", boardsWith(device)}});
  }
  return {{"schema", "a2q-devices-1"}, {"devices", std::move(rows)}};
}

Result<ExitCode> run(const Arguments& arguments) {
  if (arguments.has("json")) {
    printJson(devicesJson());
  } else {
    printResult(devicesText());
  }
  return ExitCode::kOk;
}

}  // namespace

Command devicesCommand() {
  return {.name = "devices",
          .summary = "Every FPGA and board that 'a2q estimate --device' knows",
          .options = {{.flags = "--json", .help = "Print one JSON document, schema a2q-devices-1"}},
          .run = run};
}

}  // namespace a2q::cli
