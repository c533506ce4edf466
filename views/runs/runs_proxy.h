// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSortFilterProxyModel>

#include "views/runs/run_filter.h"
#include "views/runs/runs_model.h"

namespace a2q::views {

/// The runs that a filter lets through, sorted by their values: numbers as numbers, "run-2" before
/// "run-10"; what has no value comes last in either order.
class RunsProxy : public QSortFilterProxyModel {
  Q_OBJECT

 public:
  RunsProxy(RunsModel& model, QObject* parent);
  void setFilter(RunFilter filter);

 protected:
  [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex& parent) const override;
  [[nodiscard]] bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;

 private:
  [[nodiscard]] bool lessNumber(std::optional<double> left, std::optional<double> right) const;
  [[nodiscard]] bool lessSetting(int left, int right, int column) const;

  RunsModel& model_;
  RunFilter filter_;
};

}  // namespace a2q::views
