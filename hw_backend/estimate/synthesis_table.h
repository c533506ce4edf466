// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "hw_backend/estimate/design_plan.h"

namespace a2q {

/// What synthesis made of one block on its own, with example constants.
struct BlockSynthesis {
  const Family* family = nullptr;
  Block block;
  ResourceVector use;
  std::string tool;  ///< "Yosys 0.23 (git sha1 ...)"
};

/// What synthesis made of a design: sums of its blocks. What is not known of every block is none.
struct DesignSynthesis {
  /// In the order of DataflowDesign::network.layers; zeros for a layer without blocks.
  std::vector<std::optional<ResourceVector>> layers;
  std::optional<ResourceVector> total;
  std::string tool;
};

/// Blocks that were synthesised, by family and value, all with the same version of the tool.
class SynthesisTable {
 public:
  /// The first of another version of the tool makes all others be forgotten.
  void add(const BlockSynthesis& one);
  [[nodiscard]] std::optional<ResourceVector> find(const Family& family, const Block& block) const;
  [[nodiscard]] const std::string& tool() const { return tool_; }

 private:
  using Rows = std::vector<std::pair<Block, ResourceVector>>;
  std::map<std::string, Rows> families_;
  std::string tool_;
};

/// What the table knows of a design; none where that is nothing.
[[nodiscard]] std::optional<DesignSynthesis> synthesisOf(const DesignPlan& plan,
                                                         const SynthesisTable& table);

}  // namespace a2q
