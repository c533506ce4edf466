// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <optional>
#include <vector>

#include "views/runs/run_columns.h"

namespace a2q::views {

enum class FilterOperator {
  kContains,
  kEqual,
  kNotEqual,
  kLess,
  kLessEqual,
  kGreater,
  kGreaterEqual
};

/// One condition; all of a filter must hold.
struct FilterTerm {
  std::optional<RunColumn> column = {};  ///< none: name, method or state contains the text
  FilterOperator comparison = FilterOperator::kContains;
  double number = 0;              ///< of number columns
  std::optional<bool> flag = {};  ///< of yes/no columns; none: "unknown"
  QString text;                   ///< of text columns; * stands for anything
};

/// What a filter line says: conditions, or why they are none.
struct RunFilter {
  std::vector<FilterTerm> terms;
  QString error;  ///< names the term; empty: the filter is good
};

/// Reads a filter: words, and terms "P<=14", "score>90%", "time<5min", "safe=no",
/// state="out of memory", separated by spaces. A score or sparsity is a share or per cent.
[[nodiscard]] RunFilter parseRunFilter(const QString& text);

[[nodiscard]] bool matches(const RunRow& row, const RunFilter& filter);

/// How to write a filter, for a tooltip.
[[nodiscard]] QString filterHelp();

}  // namespace a2q::views
