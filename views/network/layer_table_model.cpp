// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/network/layer_table_model.h"

#include "views/common/number_text.h"

namespace a2q::views {
namespace {

QString quoted(const QString& text) {
  QString inside = text;
  return QLatin1Char('"') + inside.replace(QLatin1Char('"'), QStringLiteral("\"\"")) +
         QLatin1Char('"');
}

bool isEditable(const LayerFacts& layer, int column) {
  const bool quantized = layer.weights && layer.weights->method != QuantMethod::kFloat;
  switch (column) {
    case LayerTableModel::kName: return true;
    case LayerTableModel::kWeightBits:
    case LayerTableModel::kAccumulatorBits: return quantized;
    case LayerTableModel::kActivationBits:
      return layer.format && layer.kind == QStringLiteral("activation");
    default: return false;
  }
}

QString whole(std::int64_t value) { return QString::number(value); }

QString weightText(const LayerFacts& layer, int column) {
  if (!layer.weights) return {};
  if (column == LayerTableModel::kDotLength) return whole(layer.weights->k);
  if (layer.weights->method == QuantMethod::kFloat) return {};
  if (column == LayerTableModel::kWeightBits) return whole(layer.weights->weight_bits.bits);
  return accumulatorText(layer);
}

}  // namespace

void LayerTableModel::show(const NetworkFacts& facts) {
  beginResetModel();
  facts_ = facts;
  use_.assign(facts.layers.size(), std::nullopt);
  endResetModel();
}

void LayerTableModel::showUse(const std::vector<std::optional<BudgetUse>>& use) {
  if (use == use_ || use.empty()) return;
  use_ = use;
  Q_EMIT dataChanged(index(0, kUse), index(rowCount() - 1, kUse));
}

int LayerTableModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(facts_.layers.size());
}

int LayerTableModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : kColumns;
}

QString LayerTableModel::textOf(std::size_t layer, int column) const {
  const LayerFacts& facts = facts_.layers[layer];
  switch (column) {
    case kName: return facts.name;
    case kKind:
      return facts.detail.isEmpty() ? facts.kind : facts.kind + QLatin1Char(' ') + facts.detail;
    case kInputs: return facts.inputs.join(QStringLiteral(", "));
    case kOutput: return shapeText(facts.output);
    case kWeightBits:
    case kAccumulatorBits:
    case kDotLength: return weightText(facts, column);
    case kActivationBits: return facts.format ? whole(facts.format->width.bits) : QString();
    case kParameters: return facts.parameters > 0 ? whole(facts.parameters) : QString();
    case kBudget:
      return facts.budget ? QString::fromStdString(toString(facts.budget->floor())) : QString();
    case kUse: return use_[layer] ? QString::number(100 * use_[layer]->share, 'f', 1) : QString();
    case kDataTypeBound:
      return facts.data_type_bound ? whole(facts.data_type_bound->bits) : QString();
    default: return {};
  }
}

QVariant LayerTableModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  const auto layer = static_cast<std::size_t>(index.row());
  if (role == Qt::DisplayRole || role == Qt::EditRole) return textOf(layer, index.column());
  if (role == Qt::ToolTipRole) return layerTip(facts_.layers[layer], use_[layer]);
  if (role == Qt::TextAlignmentRole && index.column() >= kWeightBits) {
    return int(Qt::AlignRight | Qt::AlignVCenter);
  }
  return {};
}

bool LayerTableModel::setData(const QModelIndex& index, const QVariant& value, int role) {
  if (role != Qt::EditRole || value.toString() == data(index, role).toString()) return false;
  Q_EMIT cellEdited(index.row(), index.column(), value.toString().trimmed());
  return false;
}

QVariant LayerTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal)
    return QAbstractTableModel::headerData(section, orientation, role);
  const QStringList names{tr("Layer"),      tr("Kind"),   tr("Inputs"), tr("Output"),
                          tr("M"),          tr("N"),      tr("P"),      tr("K"),
                          tr("Parameters"), tr("Budget"), tr("Use, %"), tr("Data-type bound")};
  const QStringList tips{tr("Name"),
                         tr("What the layer does"),
                         tr("The layers that feed it"),
                         tr("Channels × height × width [exact]"),
                         tr("Weight bits; clear the cell to inherit"),
                         tr("Activation bits; clear the cell to inherit"),
                         tr("Accumulator bits; clear the cell to inherit"),
                         tr("Length of a dot product, C_in/groups · k_h · k_w [exact]"),
                         tr("Weights, biases, scale and shift of norms [exact]"),
                         tr("Largest ‖q‖₁ that P allows [bound]"),
                         tr("Largest ‖q‖₁ as a share of the budget [exact]"),
                         tr("Least P that is safe for any weights [bound]")};
  if (role == Qt::DisplayRole) return names.value(section);
  if (role == Qt::ToolTipRole) return tips.value(section);
  return {};
}

Qt::ItemFlags LayerTableModel::flags(const QModelIndex& index) const {
  Qt::ItemFlags flags = QAbstractTableModel::flags(index);
  if (index.isValid() &&
      isEditable(facts_.layers[static_cast<std::size_t>(index.row())], index.column())) {
    flags |= Qt::ItemIsEditable;
  }
  return flags;
}

QString LayerTableModel::csvText() const {
  QString text = QStringLiteral(
      "layer,kind,inputs,output,M,N,P,K,parameters,budget,use_percent,data_type_bound\n");
  for (std::size_t layer = 0; layer < facts_.layers.size(); ++layer) {
    QStringList cells;
    for (int column = 0; column < kColumns; ++column) {
      const QString cell = textOf(layer, column);
      cells << (cell.contains(QLatin1Char(',')) || cell.contains(QLatin1Char('"')) ? quoted(cell)
                                                                                   : cell);
    }
    text += cells.join(QLatin1Char(',')) + QLatin1Char('\n');
  }
  return text;
}

}  // namespace a2q::views
