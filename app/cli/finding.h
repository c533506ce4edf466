// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace a2q::cli {

/// Where a number comes from; every number shown says so.
enum class Source { kExact, kBound, kEstimate, kMeasured };

[[nodiscard]] std::string_view toString(Source source);

/// One number with its explanation.
struct Finding {
  std::string key;               ///< name in JSON
  std::string title;             ///< name on the screen
  std::string text;              ///< value on the screen, with its unit
  nlohmann::ordered_json value;  ///< fields of the value in JSON, units in their names
  Source source = Source::kExact;
  std::string formula;
  std::string numbers;  ///< the formula with the numbers put in
};

/// Three lines a finding: value and source, formula, numbers.
[[nodiscard]] std::string findingsText(const std::vector<Finding>& findings);

/// One member a finding, named by its key.
[[nodiscard]] nlohmann::ordered_json findingsJson(const std::vector<Finding>& findings);

}  // namespace a2q::cli
