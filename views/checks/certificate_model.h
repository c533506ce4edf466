// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>

#include "core/bounds/certificate.h"

namespace a2q::views {

/// A certificate as a table: a layer a row, with the source of every number in its tooltip.
class CertificateModel : public QAbstractTableModel {
  Q_OBJECT

 public:
  using QAbstractTableModel::QAbstractTableModel;

  void show(const Certificate& certificate);
  /// −1: no layer is called so.
  [[nodiscard]] int rowOf(const QString& layer) const;
  [[nodiscard]] QString layerAt(int row) const;

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                    int role) const override;

 private:
  Certificate certificate_;
};

}  // namespace a2q::views
