// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "core/training/run_record.h"

namespace a2q::cli {

/// The objects of a2q-events-1 that a training in this process and one that is watched share.
[[nodiscard]] nlohmann::ordered_json startEvent(const Experiment& experiment,
                                                const std::string& results);
[[nodiscard]] nlohmann::ordered_json stepEvent(const StepReport& report);
[[nodiscard]] nlohmann::ordered_json epochEvent(const EpochRecord& record);

}  // namespace a2q::cli
