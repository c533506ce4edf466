// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/network/experiment.h"
#include "core/project/project_diff.h"

namespace a2q {

/// Something that can be compared, as text; numbers have the digits that give them back.
struct Fact {
  std::string where;
  std::string value;
};

/// Every setting by its dotted key, those of layers as "network.layers.<name>.<key>".
[[nodiscard]] std::vector<Fact> settingsOf(const Experiment& experiment);

/// What differs, in the order of `a`, then what only `b` has; an empty value is as none.
void compareFacts(const std::vector<Fact>& a, const std::vector<Fact>& b, const std::string& prefix,
                  std::vector<Difference>& out);

/// The names of what differs between any two of these lists, in the order in which they come first;
/// for two lists exactly those of compareFacts().
[[nodiscard]] std::vector<std::string> differingFacts(
    std::span<const std::vector<Fact>* const> lists);

}  // namespace a2q
