// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/finding.h"

#include <fmt/format.h>

#include <algorithm>

namespace a2q::cli {

std::string_view toString(Source source) {
  switch (source) {
    case Source::kExact: return "exact";
    case Source::kBound: return "bound";
    case Source::kEstimate: return "estimate";
    case Source::kMeasured: break;
  }
  return "measured";
}

std::string findingsText(const std::vector<Finding>& findings) {
  std::size_t width = 0;
  for (const Finding& finding : findings) width = std::max(width, finding.title.size());
  std::string out;
  for (const Finding& finding : findings) {
    out += fmt::format("{:<{}}  {}  [{}]\n", finding.title, width, finding.text,
                       toString(finding.source));
    out += fmt::format("    {}\n    {}\n", finding.formula, finding.numbers);
  }
  return out;
}

nlohmann::ordered_json findingsJson(const std::vector<Finding>& findings) {
  nlohmann::ordered_json out = nlohmann::ordered_json::object();
  for (const Finding& finding : findings) {
    nlohmann::ordered_json& entry = out[finding.key] = finding.value;
    entry["source"] = toString(finding.source);
    entry["formula"] = finding.formula;
    entry["numbers"] = finding.numbers;
  }
  return out;
}

}  // namespace a2q::cli
