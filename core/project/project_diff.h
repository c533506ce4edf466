// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/project/project.h"

namespace a2q {

/// One thing that differs between two projects, or two runs.
struct Difference {
  std::string where;  ///< "quant.accumulator_bits", "run run-3", "run run-3, epoch 5, test_loss"
  std::string a;      ///< empty: not there
  std::string b;
  bool operator==(const Difference&) const = default;
};

/// Settings by their dotted keys (network layers included), runs by their UUID, and builds; times
/// of the files themselves do not count. Empty: the same content.
[[nodiscard]] std::vector<Difference> projectDiff(const Project& a, const Project& b);

/// Settings and results of two runs.
[[nodiscard]] std::vector<Difference> runDiff(const ProjectRun& a, const ProjectRun& b);

/// Settings of two specifications in TOML, by their dotted keys; text that is no specification of
/// this version is compared line by line.
[[nodiscard]] std::vector<Difference> specificationDiff(const std::string& a, const std::string& b);

}  // namespace a2q
