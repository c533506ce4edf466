// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/flow/synthesis_report.h"

#include <nlohmann/json.hpp>

namespace a2q {
namespace {

constexpr std::string_view kSchema = "a2q-synthesis-1";

}  // namespace

std::string toJson(const SynthesisReport& report) {
  nlohmann::ordered_json json = {{"schema", kSchema},           {"family", report.family},
                                 {"tool", report.tool_version}, {"seconds", report.seconds},
                                 {"lut", report.lut},           {"ff", report.ff},
                                 {"bram", report.bram},         {"dsp", report.dsp},
                                 {"carry", report.carry},       {"logic_cells", report.logic_cells},
                                 {"cells", report.cells}};
  return json.dump(2) + "\n";
}

Result<SynthesisReport> synthesisReportFromJson(std::string_view text) {
  try {
    const auto json = nlohmann::json::parse(text);
    if (json.at("schema") != kSchema)
      return fail(ErrorCode::kFileFormat, "a synthesis report of another kind");
    SynthesisReport report;
    json.at("family").get_to(report.family);
    json.at("tool").get_to(report.tool_version);
    json.at("seconds").get_to(report.seconds);
    json.at("lut").get_to(report.lut);
    json.at("ff").get_to(report.ff);
    json.at("bram").get_to(report.bram);
    json.at("dsp").get_to(report.dsp);
    json.at("carry").get_to(report.carry);
    json.at("logic_cells").get_to(report.logic_cells);
    json.at("cells").get_to(report.cells);
    return report;
  } catch (const nlohmann::json::exception& error) {
    return fail(ErrorCode::kFileFormat, "a synthesis report cannot be read", error.what());
  }
}

}  // namespace a2q
