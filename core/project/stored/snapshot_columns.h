// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "core/project/stored/object_reader.h"

namespace a2q {

// How the snapshots of a run are stored. `snapshot_epochs` has a row an epoch. `snapshots` holds a
// group a layer, and in it
//   rows      a row an epoch: which one, the layer's position in it, and what it is like
//   budgets   of each row, the exact fraction "numerator/denominator"; empty: none
//   positive, negative, levels   of each row S⁺ and S⁻ of the channels, and weights by integer;
//                                where rows differ in length, zeros fill them up

/// The columns of `rows`.
struct SnapshotColumn {
  enum Place {
    kEpochRow,
    kPlace,
    kAccumulator,
    kMinimum,
    kMaximum,
    kDotLength,
    kZeros,
    kChannels,
    kLevels,
    kCount,
  };
  const char* name;
  std::int64_t least;
  std::int64_t most;
};

inline constexpr std::int64_t kMostOfSnapshot = std::numeric_limits<std::int64_t>::max();

inline constexpr std::array<SnapshotColumn, SnapshotColumn::kCount> kSnapshotColumns{
    {{"epoch_row", 0, kMostOfSnapshot},
     {kPosition, 0, kMostOfSnapshot},
     {"accumulator_bits", 0, 126},
     {"input_minimum", std::numeric_limits<std::int64_t>::min(), 0},
     {"input_maximum", 0, kMostOfSnapshot},
     {"k", 0, std::int64_t{1} << 32},
     {"zeros", 0, kMostOfSnapshot},
     {"channels", 0, kMostOfSnapshot},
     {"levels", 0, kMostOfSnapshot}}};

[[nodiscard]] const std::vector<std::string>& snapshotColumnNames();
/// Of `snapshot_epochs`.
[[nodiscard]] const std::vector<std::string>& snapshotEpochColumns();

}  // namespace a2q
