// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/estimate/design_synthesis.h"

#include <algorithm>
#include <utility>

#include "hw_backend/calibration/calibrate.h"
#include "hw_backend/flow/yosys.h"

namespace a2q {

std::vector<Block> distinctBlocks(const DataflowDesign& design) {
  std::vector<Block> blocks;
  for (const Stage& stage : design.stages) {
    if (std::ranges::find(blocks, stage.block) == blocks.end()) blocks.push_back(stage.block);
  }
  return blocks;
}

Status canSynthesise() {
  auto yosys = findYosys();
  if (!yosys) return forward(std::move(yosys));
  return {};
}

Result<bool> synthesiseBlocks(const DesignPlan& plan, int jobs, const SynthesisSink& done,
                              const std::stop_token& stop) {
  const auto version = yosysVersion(stop);
  if (!version) return tl::make_unexpected(version.error());
  if (!*version) return false;
  const Family& family = *plan.device->family;
  const std::vector<Block> blocks = distinctBlocks(plan.design);
  const auto measured = [&](std::size_t block, const ResourceVector& use) {
    done({&family, blocks[block], use, **version});
  };
  return measureBlocks(family, blocks, jobs, measured, stop);
}

Result<std::optional<DesignSynthesis>> synthesiseDesign(const DesignPlan& plan, int jobs,
                                                        ProgressSink& progress,
                                                        const std::stop_token& stop) {
  const auto total = static_cast<double>(distinctBlocks(plan.design).size());
  double count = 0;
  SynthesisTable table;
  const auto done = [&](const BlockSynthesis& one) {
    table.add(one);
    progress.report({"blocks", ++count, total});
  };
  const auto all = synthesiseBlocks(plan, jobs, done, stop);
  if (!all) return tl::make_unexpected(all.error());
  if (!*all) return std::nullopt;
  return synthesisOf(plan, table);
}

}  // namespace a2q
