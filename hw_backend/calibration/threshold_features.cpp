// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "hw_backend/calibration/feature_parts.h"

namespace a2q {
namespace {

/// How often a bit of a threshold is not what it mostly is: those of a channel ascend.
constexpr double kDensity = 0.4;

void addParallel(const ThresholdBlock& block, double reach, const Family& family, Features& to) {
  const std::int64_t folds = block.channels / block.lanes;
  const double lanes = real(block.lanes);
  const double b = block.output.width.bits;
  const double levels = lanes * real(block.levels);
  const double compared = levels * block.accumulator.bits;
  const double stored = oneIf(folds > 1);
  const double columns = levels * std::min<double>(block.accumulator.bits, reach);
  const ConstantTables bounds = constantTables({columns, folds, kDensity}, family);
  addTerms(to.lut, {1, stored * compared, (1 - stored) * compared, levels, (1 - stored) * levels,
                    lanes * b, stored * lanes, bounds.tables, bounds.registers - bounds.tables,
                    bounds.deep, counterBits(folds)});
  addTerms(to.ff, {1, lanes * b, bounds.registers, counterBits(folds)});
}

void addSearch(const ThresholdBlock& block, double reach, const Family& family, Features& to) {
  const std::int64_t folds = block.channels / block.lanes;
  const double lanes = real(block.lanes);
  const double p = block.accumulator.bits;
  const double b = block.output.width.bits;
  const ConstantTables bounds =
      block.memory == MemoryStyle::kLogic
          ? constantTables({std::min(p, reach), folds << block.output.width.bits, kDensity,
                            folds * block.levels},
                           family)
          : ConstantTables{};
  addTerms(to.lut, {1, lanes * p, lanes * b, lanes * bounds.tables, lanes * bounds.deep,
                    counterBits(folds)});
  addTerms(to.ff, {1, lanes * p, lanes * b, lanes * bounds.registers, b, counterBits(folds)});
}

}  // namespace

Features thresholdTerms(const std::optional<ThresholdBlock>& given, double reach,
                        const Family& family) {
  const ThresholdBlock block = given.value_or(ThresholdBlock{});
  const bool searches = block.style == ThresholdStyle::kBinarySearch;
  Features parallel;
  Features search;
  addParallel(block, reach, family, parallel);
  addSearch(block, reach, family, search);
  const auto only = [](bool is, std::vector<double>& terms) {
    if (!is) std::ranges::fill(terms, 0.0);
  };
  only(given && !searches, parallel.lut);
  only(given && !searches, parallel.ff);
  only(given && searches, search.lut);
  only(given && searches, search.ff);
  append(parallel, search);
  return parallel;
}

double stackedBits(const std::optional<ThresholdBlock>& block, const Family& family) {
  if (!block || block->style == ThresholdStyle::kParallel || block->memory == MemoryStyle::kLogic)
    return 0;
  const std::int64_t words = block->channels / block->lanes << block->output.width.bits;
  const std::int64_t bits = block->accumulator.bits;
  return real(block->lanes * bits * (family.constantStackFor(words, bits).deep - 1));
}

}  // namespace a2q
