// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/certificate/certificate_model.h"

#include <QCoreApplication>
#include <array>

#include "views/common/number_text.h"

namespace a2q::views {
namespace {

/// A column: its heading, what it means and where its numbers come from, and its text for a layer.
struct Column {
  const char* heading;
  const char* meaning;
  QString (*text)(const LayerBound&);
};

QString translated(const char* text) {
  return QCoreApplication::translate("CertificateModel", text);
}

/// Texts of the cells, for translation.
class Words {
  Q_DECLARE_TR_FUNCTIONS(CertificateModel)
};

QString dash() { return QStringLiteral("–"); }

QString rangeText(const LayerBound& layer) {
  return QStringLiteral("[%1, %2]").arg(grouped(layer.range.low), grouped(layer.range.high));
}

QString marginText(const LayerBound& layer) {
  if (!layer.margin) return dash();
  return QStringLiteral("%1 (%2)").arg(bitsText(layer.margin->bits),
                                       percentText(layer.margin->percent / 100));
}

QString inputText(const LayerBound& layer) {
  const QString sign = layer.input_format.isSigned() ? Words::tr("signed") : Words::tr("unsigned");
  return QStringLiteral("%1 %2").arg(layer.input_format.width.bits).arg(sign);
}

QString verdictText(const LayerBound& layer) {
  if (!layer.accumulator) return Words::tr("no target");
  return layer.safe() ? Words::tr("safe") : Words::tr("OVERFLOW");
}

const std::array<Column, 12>& columns() {
  static const std::array<Column, 12> table{{
      {QT_TRANSLATE_NOOP("CertificateModel", "Layer"),
       QT_TRANSLATE_NOOP("CertificateModel", "Name of the layer with weights"),
       [](const LayerBound& l) { return QString::fromStdString(l.layer); }},
      {QT_TRANSLATE_NOOP("CertificateModel", "Verdict"),
       QT_TRANSLATE_NOOP("CertificateModel",
                         "Whether the exact range fits P bits, decided with integers [exact]"),
       verdictText},
      {QT_TRANSLATE_NOOP("CertificateModel", "K"),
       QT_TRANSLATE_NOOP("CertificateModel",
                         "Dot-product length: how many products one output adds"),
       [](const LayerBound& l) { return grouped(l.k); }},
      {QT_TRANSLATE_NOOP("CertificateModel", "M"),
       QT_TRANSLATE_NOOP("CertificateModel", "Weight bits"),
       [](const LayerBound& l) { return QString::number(l.weight_bits.bits); }},
      {QT_TRANSLATE_NOOP("CertificateModel", "N"),
       QT_TRANSLATE_NOOP("CertificateModel", "Input bits, and whether they carry a sign"),
       inputText},
      {QT_TRANSLATE_NOOP("CertificateModel", "P"),
       QT_TRANSLATE_NOOP("CertificateModel", "Accumulator bits, the target; free: none was set"),
       [](const LayerBound& l) {
         return l.accumulator ? QString::number(l.accumulator->bits) : Words::tr("free");
       }},
      {QT_TRANSLATE_NOOP("CertificateModel", "max ‖q‖₁"),
       QT_TRANSLATE_NOOP("CertificateModel", "Largest integer L1 norm of any channel [exact]"),
       [](const LayerBound& l) {
         return l.channels.empty() ? dash() : grouped(l.channels[l.worst].sums.l1());
       }},
      {QT_TRANSLATE_NOOP("CertificateModel", "Budget"),
       QT_TRANSLATE_NOOP("CertificateModel",
                         "Largest ‖q‖₁ that P allows by the layer's rule [bound]"),
       [](const LayerBound& l) { return l.budget ? grouped(l.budget->floor()) : dash(); }},
      {QT_TRANSLATE_NOOP("CertificateModel", "Margin"),
       QT_TRANSLATE_NOOP(
           "CertificateModel",
           "log2(limit / reached) towards the nearer end of P bits, and the unused share "
           "[exact range]"),
       marginText},
      {QT_TRANSLATE_NOOP("CertificateModel", "Exact range"),
       QT_TRANSLATE_NOOP("CertificateModel",
                         "Every value a partial sum can reach, in any order: xmax·S⁺ − xmin·S⁻ and "
                         "xmin·S⁺ − xmax·S⁻ [exact]"),
       rangeText},
      {QT_TRANSLATE_NOOP("CertificateModel", "Smallest P"),
       QT_TRANSLATE_NOOP("CertificateModel", "The least width that never overflows [exact]"),
       [](const LayerBound& l) { return QString::number(l.smallest.bits); }},
      {QT_TRANSLATE_NOOP("CertificateModel", "Sparsity"),
       QT_TRANSLATE_NOOP("CertificateModel", "Share of the weights that are zero [exact]"),
       [](const LayerBound& l) { return percentText(l.sparsity); }},
  }};
  return table;
}

}  // namespace

void CertificateModel::show(const Certificate& certificate) {
  beginResetModel();
  certificate_ = certificate;
  endResetModel();
}

int CertificateModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(certificate_.layers.size());
}

int CertificateModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(columns().size());
}

QVariant CertificateModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  const auto column = static_cast<std::size_t>(index.column());
  switch (role) {
    case Qt::DisplayRole:
      return columns()[column].text(certificate_.layers[static_cast<std::size_t>(index.row())]);
    case Qt::ToolTipRole: return translated(columns()[column].meaning);
    case Qt::TextAlignmentRole:
      return QVariant::fromValue(Qt::AlignVCenter | (column < 2 ? Qt::AlignLeft : Qt::AlignRight));
    default: return {};
  }
}

QVariant CertificateModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || section < 0 || section >= columnCount()) return {};
  const Column& column = columns()[static_cast<std::size_t>(section)];
  if (role == Qt::DisplayRole) return translated(column.heading);
  if (role == Qt::ToolTipRole) return translated(column.meaning);
  return {};
}

}  // namespace a2q::views
