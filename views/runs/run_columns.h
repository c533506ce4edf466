// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringView>
#include <array>
#include <optional>

#include "views/runs/run_row.h"

namespace a2q::views {

/// The columns of the table; after them come settings that differ.
enum class RunColumn {
  kVisible,
  kColor,
  kName,
  kState,
  kMethod,
  kWeightBits,
  kActivationBits,
  kAccumulatorBits,
  kEpochs,
  kScore,
  kLoss,
  kMargin,
  kSparsity,
  kSafe,
  kTime,
  kCreated,
  kSeed,
};
inline constexpr int kRunColumns = static_cast<int>(RunColumn::kSeed) + 1;

/// What the values of a column are compared as.
enum class ColumnKind { kNumber, kText, kYesNo, kMark };

/// What a person reads about a column.
struct ColumnFacts {
  const char* heading;  ///< for translation
  const char* key;      ///< in filters; null: none
  ColumnKind kind;
  const char* meaning;  ///< with the source of its numbers, for translation
};
[[nodiscard]] const ColumnFacts& factsOf(RunColumn column);
[[nodiscard]] QString headingOf(RunColumn column);
[[nodiscard]] QString meaningOf(RunColumn column);
/// The column that filters call so; none: there is no such word.
[[nodiscard]] std::optional<RunColumn> columnNamed(QStringView key);

/// The value of a number column; none: the run has none (yet).
[[nodiscard]] std::optional<double> numberOf(const RunRow& row, RunColumn column);
/// What a cell says by itself.
[[nodiscard]] QString cellText(const RunRow& row, RunColumn column);
/// The difference to the baseline, as " (+0.4)"; empty where it makes no sense.
[[nodiscard]] QString differenceText(const RunRow& row, const RunRow& baseline, RunColumn column);
/// The formula or the reason behind a cell.
[[nodiscard]] QString cellTip(const RunRow& row, RunColumn column);

}  // namespace a2q::views
