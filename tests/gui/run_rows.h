// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/project/project.h"

namespace a2q::testing {

/// Dotted keys of settings and their values.
using RunSettingsList = std::vector<std::pair<std::string, std::string>>;

/// The built-in sample with settings changed, as TOML.
[[nodiscard]] std::string specificationWith(const RunSettingsList& settings);

/// A finished run, "run-<number>", of so many epochs, the last of them with this test score.
[[nodiscard]] ProjectRun runWith(int number, double score, const std::string& specification,
                                 int epochs = 2);

}  // namespace a2q::testing
