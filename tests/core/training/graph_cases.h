// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace a2q::testing {

/// A small network with every kind of layer or connection that matters somewhere.
struct GraphCase {
  const char* name;
  const char* layers;  ///< name|kind|more keys, one layer a line, between input and output
};

[[nodiscard]] const std::vector<GraphCase>& graphCases();

/// The case of that name; throws std::out_of_range when there is none.
[[nodiscard]] const GraphCase& graphCase(const std::string& name);

/// Its specification: 3 × 8 × 8 inputs, four classes, P = 12, two epochs of batches of 8.
[[nodiscard]] std::string specificationOf(const GraphCase& graph, const std::string& method);

}  // namespace a2q::testing
