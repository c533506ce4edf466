// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace a2q {

/// How a part of the installation stands.
enum class FindingState {
  kOk,
  kOptional,  ///< not there, and only some work needs it
  kWarning,   ///< there, but something is wrong or slow
  kMissing,   ///< needed, and not there
};

/// "ok", "optional", "warning", "missing".
[[nodiscard]] std::string_view stateName(FindingState state);

/// One thing that was looked at. The remedy is empty where nothing is to be done.
struct Finding {
  std::string group;  ///< "Libraries"
  std::string what;
  FindingState state = FindingState::kOk;
  std::string detail;
  std::string remedy = {};
};

/// Looks at the program's libraries, the machine, its folders, data sets, and tools for hardware.
/// Opens every library and starts tools for their versions, so that it takes about a second: not
/// for a thread that must not wait.
[[nodiscard]] std::vector<Finding> diagnose();

/// Whether something that is needed is not there.
[[nodiscard]] bool lacksSomething(const std::vector<Finding>& findings);

/// All of it as plain text for a report to somebody else.
[[nodiscard]] std::string diagnosisText(const std::vector<Finding>& findings);

}  // namespace a2q
