// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/estimate/synthesis_table.h"

#include <algorithm>

namespace a2q {
namespace {

void add(std::optional<ResourceVector>& sum, const std::optional<ResourceVector>& more) {
  if (sum && more) {
    *sum += *more;
  } else {
    sum.reset();
  }
}

}  // namespace

void SynthesisTable::add(const BlockSynthesis& one) {
  if (one.tool != tool_) families_.clear();
  tool_ = one.tool;
  if (!find(*one.family, one.block)) families_[one.family->name].emplace_back(one.block, one.use);
}

std::optional<ResourceVector> SynthesisTable::find(const Family& family, const Block& block) const {
  const auto rows = families_.find(family.name);
  if (rows == families_.end()) return std::nullopt;
  const auto row = std::ranges::find(rows->second, block, &Rows::value_type::first);
  return row == rows->second.end() ? std::nullopt : std::optional(row->second);
}

std::optional<DesignSynthesis> synthesisOf(const DesignPlan& plan, const SynthesisTable& table) {
  const std::optional<ResourceVector> nothing = ResourceVector{};
  DesignSynthesis out{std::vector(plan.design.network.layers.size(), nothing), nothing,
                      table.tool()};
  bool any = false;
  for (const Stage& stage : plan.design.stages) {
    const auto use = table.find(*plan.device->family, stage.block);
    any = any || use;
    add(out.layers[stage.layer], use);
    add(out.total, use);
  }
  return any ? std::optional(std::move(out)) : std::nullopt;
}

}  // namespace a2q
