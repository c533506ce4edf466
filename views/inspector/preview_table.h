// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableWidget>

#include "core/integer/what_if.h"

namespace a2q::views {

/// A row for each layer that a change reaches, before above after in every cell.
class PreviewTable : public QTableWidget {
  Q_OBJECT

 public:
  explicit PreviewTable(QWidget* parent = nullptr);
  void show(const WhatIf& what_if);
  /// The text of a cell: "before\nafter".
  [[nodiscard]] QString cell(int row, int column) const;

 private:
  void addRow(const LayerFacts& before, const LayerFacts& after);
};

}  // namespace a2q::views
