// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "core/project/stored/member_name.h"
#include "core/project/stored/number_table.h"
#include "core/project/stored/object_parts.h"
#include "core/project/stored/snapshot_columns.h"

namespace a2q {
namespace {

constexpr std::size_t kCount = SnapshotColumn::kCount;
/// No sum of weights of one channel comes near: K < 2^32 weights of 16 bits.
constexpr std::int64_t kMostSum = std::int64_t{1} << 60;
/// Memory that the layers of all epochs may take beside their numbers.
constexpr std::size_t kMostBytes = std::size_t{1} << 28;
constexpr const char* kEpochs = "snapshot_epochs";

/// A whole number from 0 to 2^120.
std::optional<Int128> wholeNumber(std::string_view text) {
  constexpr Int128 kLargest = Int128{1} << 120;
  Int128 value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9' || value > kLargest / 10) return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return text.empty() ? std::nullopt : std::optional(value);
}

std::optional<L1Budget> budgetOf(const std::string& text) {
  const std::size_t stroke = text.find('/');
  if (stroke == std::string::npos) return std::nullopt;
  const auto numerator = wholeNumber(std::string_view(text).substr(0, stroke));
  const auto denominator = wholeNumber(std::string_view(text).substr(stroke + 1));
  if (!numerator || !denominator || *denominator == 0) return std::nullopt;
  return L1Budget{*numerator, *denominator};
}

/// A table of integers with exactly these columns.
std::vector<std::int64_t> integerTable(ObjectReader& group, const std::string& name,
                                       const std::vector<std::string>& columns) {
  const DataArray* array = group.array(name);
  if (array == nullptr) return {};
  auto values = integersOf(array->value);
  if (!values) group.wrong(name, "its elements are no 64-bit integers");
  if (columnsOf(*array, name, group) != columns) {
    group.wrong(name, fmt::format("its {} columns are not those of this table", columns.size()));
  }
  return group.good() ? std::move(*values) : std::vector<std::int64_t>();
}

/// Sums and levels of a layer's rows.
struct Matrix {
  std::vector<std::int64_t> values;
  std::size_t width = 0;
  [[nodiscard]] std::span<const std::int64_t> row(std::size_t index, std::int64_t length) const {
    return std::span(values).subspan(index * width, static_cast<std::size_t>(length));
  }
};

Matrix matrixIn(ObjectReader& group, const std::string& name, std::size_t rows) {
  const DataArray* array = group.array(name);
  if (array == nullptr) return {};
  auto values = integersOf(array->value);
  const auto& shape = array->value.shape;
  if (!values || shape.size() != 2 || shape[0] != rows) {
    group.wrong(name, fmt::format("it is no matrix of 64-bit integers with {} rows", rows));
    return {};
  }
  const auto wrong = std::ranges::find_if(
      *values, [](std::int64_t value) { return value < 0 || value > kMostSum; });
  if (wrong != values->end()) group.wrong(name, fmt::format("{} is no count", *wrong));
  return {std::move(*values), static_cast<std::size_t>(shape[1])};
}

std::vector<std::string> budgetsIn(ObjectReader& group, std::size_t rows) {
  const DataArray* array = group.array("budgets");
  if (array == nullptr) return {};
  const bool fits = array->value.shape == std::vector<std::uint64_t>{rows};
  auto texts = fits ? textsOf(array->value) : std::nullopt;
  if (!texts) group.wrong("budgets", fmt::format("it is no list of {} texts", rows));
  return std::move(texts).value_or(std::vector<std::string>());
}

/// Reads the groups of the layers into the epochs they belong to.
class SnapshotReader {
 public:
  explicit SnapshotReader(std::vector<EpochSnapshot>& snapshots)
      : snapshots_(snapshots), placed_(snapshots.size()) {}

  void add(ObjectReader layer, const std::string& name) {
    const auto rows = integerTable(layer, "rows", snapshotColumnNames());
    const std::size_t count = rows.size() / kCount;
    // A short row stands for a snapshot with a name: what it takes in memory is counted first.
    bytes_ += count * (sizeof(LayerSnapshot) + name.size());
    if (bytes_ > kMostBytes) layer.wrong("rows", "with them there are too many snapshots");
    if (!layer.good()) return;
    const auto budgets = budgetsIn(layer, count);
    const Matrix positive = matrixIn(layer, "positive", count);
    const Matrix negative = matrixIn(layer, "negative", count);
    const Matrix levels = matrixIn(layer, "levels", count);
    for (std::size_t i = 0; i < count && layer.good(); ++i) {
      const auto row = std::span(rows).subspan(i * kCount, kCount);
      const std::int64_t channels = row[SnapshotColumn::kChannels];
      if (!fits(layer, row, i)) return;
      if (std::cmp_greater(channels, std::min(positive.width, negative.width)) ||
          std::cmp_greater(row[SnapshotColumn::kLevels], levels.width)) {
        layer.wrong("rows", fmt::format("row {} has more numbers than there are", i));
        return;
      }
      LayerSnapshot out = headOf(row, name);
      if (!budgets[i].empty()) {
        out.budget = budgetOf(budgets[i]);
        if (!out.budget) layer.wrong("budgets", fmt::format("'{}' is no fraction", budgets[i]));
      }
      const auto above = positive.row(i, channels);
      const auto below = negative.row(i, channels);
      out.channels.reserve(above.size());
      for (std::size_t c = 0; c < above.size(); ++c) out.channels.push_back({above[c], below[c]});
      const auto of_levels = levels.row(i, row[SnapshotColumn::kLevels]);
      out.levels.assign(of_levels.begin(), of_levels.end());
      place(layer, row, std::move(out));
    }
  }

  /// Puts the layers of each epoch in their order.
  void finish(ObjectReader& group) {
    for (std::size_t i = 0; i < snapshots_.size() && group.good(); ++i) {
      std::int64_t expected = 0;
      for (auto& [place, layer] : placed_[i]) {
        if (place != expected++) group.wrong("", fmt::format("epoch {} lacks a layer", i));
        snapshots_[i].layers.push_back(std::move(layer));
      }
    }
  }

 private:
  [[nodiscard]] bool fits(ObjectReader& layer, std::span<const std::int64_t> row,
                          std::size_t index) const {
    for (std::size_t c = 0; c < kCount; ++c) {
      const SnapshotColumn& rule = kSnapshotColumns[c];
      if (rule.least <= row[c] && row[c] <= rule.most) continue;
      layer.wrong("rows", fmt::format("row {}: {} is no {}", index, row[c], rule.name));
      return false;
    }
    if (std::cmp_less(row[SnapshotColumn::kEpochRow], snapshots_.size())) return true;
    layer.wrong("rows", fmt::format("row {} is of an epoch that is not there", index));
    return false;
  }

  static LayerSnapshot headOf(std::span<const std::int64_t> row, const std::string& name) {
    LayerSnapshot out;
    out.layer = name;
    if (row[SnapshotColumn::kAccumulator] != 0)
      out.accumulator = BitWidth{static_cast<int>(row[SnapshotColumn::kAccumulator])};
    out.inputs = {row[SnapshotColumn::kMinimum], row[SnapshotColumn::kMaximum]};
    out.k = row[SnapshotColumn::kDotLength];
    out.zeros = row[SnapshotColumn::kZeros];
    return out;
  }

  void place(ObjectReader& layer, std::span<const std::int64_t> row, LayerSnapshot snapshot) {
    auto& layers = placed_[static_cast<std::size_t>(row[SnapshotColumn::kEpochRow])];
    if (!layers.emplace(row[SnapshotColumn::kPlace], std::move(snapshot)).second) {
      layer.wrong("rows", fmt::format("two layers have position {} in one epoch",
                                      row[SnapshotColumn::kPlace]));
    }
  }

  std::vector<EpochSnapshot>& snapshots_;
  std::vector<std::map<std::int64_t, LayerSnapshot>> placed_;
  std::size_t bytes_ = 0;
};

std::vector<EpochSnapshot> epochsOfSnapshots(ObjectReader& object) {
  const auto values = integerTable(object, kEpochs, snapshotEpochColumns());
  std::vector<EpochSnapshot> out;
  out.reserve(values.size() / 2);
  for (std::size_t i = 0; i + 1 < values.size(); i += 2) {
    const bool good = (values[i] == 0 || values[i] == 1) && values[i + 1] >= 0;
    if (!good) {
      object.wrong(kEpochs, fmt::format("row {} names no epoch", i / 2));
      return {};
    }
    out.push_back({values[i] == 0 ? TrainPhase::kFloat : TrainPhase::kMain, values[i + 1], {}});
  }
  return out;
}

}  // namespace

std::vector<EpochSnapshot> snapshotsIn(ObjectReader& object, const std::string& name) {
  auto snapshots = epochsOfSnapshots(object);
  ObjectReader group = object.group(name);
  if (!group.good()) return {};
  SnapshotReader reader(snapshots);
  for (const auto& [member, ignored] : group.tree().groups) {
    const auto layer = nameOfMember(member);
    if (!layer) group.wrong(member, "its name is not written as names are");
    if (!group.good()) return {};
    reader.add(group.group(member), *layer);
  }
  reader.finish(group);
  if (!group.good()) return {};
  return snapshots;
}

}  // namespace a2q
