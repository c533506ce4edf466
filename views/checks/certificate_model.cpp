// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/checks/certificate_model.h"

#include <algorithm>

#include "views/checks/certificate_columns.h"

namespace a2q::views {

void CertificateModel::show(const Certificate& certificate) {
  beginResetModel();
  certificate_ = certificate;
  endResetModel();
}

int CertificateModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(certificate_.layers.size());
}

int CertificateModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(certificateColumns().size());
}

QVariant CertificateModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  const auto column = static_cast<std::size_t>(index.column());
  const CertificateColumn& shown = certificateColumns()[column];
  const LayerBound& layer = certificate_.layers[static_cast<std::size_t>(index.row())];
  switch (role) {
    case Qt::DisplayRole: return shown.text(layer);
    case Qt::ToolTipRole: return certificateTip(layer, shown);
    case Qt::TextAlignmentRole:
      return QVariant::fromValue(Qt::AlignVCenter | (column < 2 ? Qt::AlignLeft : Qt::AlignRight));
    default: return {};
  }
}

QVariant CertificateModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || section < 0 || section >= columnCount()) return {};
  const CertificateColumn& column = certificateColumns()[static_cast<std::size_t>(section)];
  if (role == Qt::DisplayRole) return translatedColumn(column.heading);
  if (role == Qt::ToolTipRole) return translatedColumn(column.meaning);
  return {};
}

int CertificateModel::rowOf(const QString& layer) const {
  const auto found =
      std::ranges::find(certificate_.layers, layer.toStdString(), &LayerBound::layer);
  return found == certificate_.layers.end() ? -1
                                            : static_cast<int>(found - certificate_.layers.begin());
}

QString CertificateModel::layerAt(int row) const {
  return QString::fromStdString(certificate_.layers[static_cast<std::size_t>(row)].layer);
}

}  // namespace a2q::views
