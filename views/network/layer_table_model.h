// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <vector>

#include "views/network/layer_tip.h"

namespace a2q::views {

/// A row a layer with the facts of the picture. Name, M, N and P are edited in their cells.
class LayerTableModel : public QAbstractTableModel {
  Q_OBJECT

 public:
  enum Column {
    kName,
    kKind,
    kInputs,
    kOutput,
    kWeightBits,
    kActivationBits,
    kAccumulatorBits,
    kDotLength,
    kParameters,
    kBudget,
    kUse,
    kDataTypeBound,
    kColumns
  };

  using QAbstractTableModel::QAbstractTableModel;

  void show(const NetworkFacts& facts);
  void showUse(const std::vector<std::optional<BudgetUse>>& use);

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  /// Asks for the edit; the cell changes when the specification does.
  bool setData(const QModelIndex& index, const QVariant& value, int role) override;
  [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                    int role) const override;
  [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;

  /// The whole table with its heading line.
  [[nodiscard]] QString csvText() const;

 Q_SIGNALS:
  void cellEdited(int layer, int column, const QString& text);

 private:
  [[nodiscard]] QString textOf(std::size_t layer, int column) const;

  NetworkFacts facts_;
  std::vector<std::optional<BudgetUse>> use_;
};

}  // namespace a2q::views
