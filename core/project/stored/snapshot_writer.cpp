// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "core/project/stored/member_name.h"
#include "core/project/stored/number_table.h"
#include "core/project/stored/object_parts.h"
#include "core/project/stored/snapshot_columns.h"

namespace a2q {
namespace {

constexpr std::size_t kCount = SnapshotColumn::kCount;

/// A layer at the end of one epoch.
struct Row {
  std::size_t epoch = 0;
  std::size_t place = 0;
  const LayerSnapshot* layer = nullptr;
};

std::string budgetText(const std::optional<L1Budget>& budget) {
  if (!budget) return {};
  return toString(budget->numerator) + "/" + toString(budget->denominator);
}

std::array<std::int64_t, kCount> valuesOf(const Row& row) {
  const LayerSnapshot& layer = *row.layer;
  return {static_cast<std::int64_t>(row.epoch),
          static_cast<std::int64_t>(row.place),
          layer.accumulator ? layer.accumulator->bits : 0,
          layer.inputs.minimum,
          layer.inputs.maximum,
          layer.k,
          layer.zeros,
          std::ssize(layer.channels),
          std::ssize(layer.levels)};
}

/// Numbers of all rows as one matrix, as wide as the longest row.
template <class Numbers>
DataArray matrix(const std::vector<Row>& rows, const Numbers& numbers_of) {
  std::size_t width = 0;
  for (const Row& row : rows) width = std::max(width, numbers_of(*row.layer).size());
  std::vector<std::int64_t> values;
  values.reserve(rows.size() * width);
  for (const Row& row : rows) {
    const auto numbers = numbers_of(*row.layer);
    values.insert(values.end(), numbers.begin(), numbers.end());
    values.resize(values.size() + width - numbers.size());
  }
  return {integersValue(values, {rows.size(), width}), {}};
}

std::vector<std::int64_t> sumsOf(const LayerSnapshot& layer, std::int64_t SignedSums::*side) {
  std::vector<std::int64_t> out;
  out.reserve(layer.channels.size());
  for (const SignedSums& sums : layer.channels) out.push_back(sums.*side);
  return out;
}

DataTree layerGroup(const std::vector<Row>& rows) {
  std::vector<std::int64_t> values;
  std::vector<std::string> budgets;
  values.reserve(rows.size() * kCount);
  budgets.reserve(rows.size());
  for (const Row& row : rows) {
    const auto of_row = valuesOf(row);
    values.insert(values.end(), of_row.begin(), of_row.end());
    budgets.push_back(budgetText(row.layer->budget));
  }
  DataTree group;
  group.arrays["rows"] = numberTable(values, snapshotColumnNames());
  group.arrays["budgets"] = {textsValue(budgets), {}};
  group.arrays["positive"] =
      matrix(rows, [](const LayerSnapshot& layer) { return sumsOf(layer, &SignedSums::positive); });
  group.arrays["negative"] =
      matrix(rows, [](const LayerSnapshot& layer) { return sumsOf(layer, &SignedSums::negative); });
  group.arrays["levels"] = matrix(rows, [](const LayerSnapshot& layer) { return layer.levels; });
  return group;
}

}  // namespace

const std::vector<std::string>& snapshotColumnNames() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> out;
    out.reserve(kSnapshotColumns.size());
    for (const SnapshotColumn& rule : kSnapshotColumns) out.emplace_back(rule.name);
    return out;
  }();
  return names;
}

const std::vector<std::string>& snapshotEpochColumns() {
  static const std::vector<std::string> names = {"phase", "epoch"};
  return names;
}

DataArray snapshotEpochs(const std::vector<EpochSnapshot>& snapshots) {
  std::vector<std::int64_t> values;
  values.reserve(2 * snapshots.size());
  for (const EpochSnapshot& snapshot : snapshots) {
    values.push_back(snapshot.phase == TrainPhase::kFloat ? 0 : 1);
    values.push_back(snapshot.epoch);
  }
  DataArray table = numberTable(values, snapshotEpochColumns());
  const std::array phases{std::string(phaseName(TrainPhase::kFloat)),
                          std::string(phaseName(TrainPhase::kMain))};
  table.attributes["phases"] = textsValue(phases);
  return table;
}

DataTree snapshotGroup(const std::vector<EpochSnapshot>& snapshots) {
  std::map<std::string, std::vector<Row>> layers;
  for (std::size_t i = 0; i < snapshots.size(); ++i) {
    for (std::size_t k = 0; k < snapshots[i].layers.size(); ++k) {
      const LayerSnapshot& layer = snapshots[i].layers[k];
      layers[layer.layer].push_back({i, k, &layer});
    }
  }
  DataTree group;
  for (const auto& [name, rows] : layers) group.groups[memberName(name)] = layerGroup(rows);
  return group;
}

}  // namespace a2q
