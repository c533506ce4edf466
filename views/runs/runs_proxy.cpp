// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/runs/runs_proxy.h"

#include <charconv>
#include <cmath>
#include <utility>

namespace a2q::views {
namespace {

std::optional<double> numberIn(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

QString textOf(std::string_view text) {
  return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

/// Where a run of digits ends.
qsizetype digitsEnd(QStringView text, qsizetype at) {
  while (at < text.size() && text[at].isDigit()) ++at;
  return at;
}

/// Compares letters without case and digits as whole numbers, in every locale alike.
int naturalOrder(QStringView a, QStringView b) {
  qsizetype i = 0;
  qsizetype j = 0;
  while (i < a.size() && j < b.size()) {
    if (a[i].isDigit() && b[j].isDigit()) {
      while (i < a.size() && a[i] == QLatin1Char('0')) ++i;
      while (j < b.size() && b[j] == QLatin1Char('0')) ++j;
      const QStringView one = a.sliced(i, digitsEnd(a, i) - i);
      const QStringView other = b.sliced(j, digitsEnd(b, j) - j);
      if (one.size() != other.size()) return one.size() < other.size() ? -1 : 1;
      if (const int order = one.compare(other); order != 0) return order;
      i += one.size();
      j += other.size();
      continue;
    }
    const int order = a.sliced(i++, 1).compare(b.sliced(j++, 1), Qt::CaseInsensitive);
    if (order != 0) return order;
  }
  return static_cast<int>(i < a.size()) - static_cast<int>(j < b.size());
}

}  // namespace

RunsProxy::RunsProxy(RunsModel& model, QObject* parent)
    : QSortFilterProxyModel(parent), model_(model) {
  setSourceModel(&model);
}

void RunsProxy::setFilter(RunFilter filter) {
  filter_ = std::move(filter);
  invalidateFilter();
}

bool RunsProxy::filterAcceptsRow(int row, const QModelIndex& /*parent*/) const {
  return matches(model_.row(row), filter_);
}

bool RunsProxy::lessNumber(std::optional<double> left, std::optional<double> right) const {
  const bool has_left = left && !std::isnan(*left);
  const bool has_right = right && !std::isnan(*right);
  if (has_left && has_right) return *left < *right;
  if (has_left == has_right) return false;
  return sortOrder() == Qt::AscendingOrder ? has_left : has_right;
}

bool RunsProxy::lessSetting(int left, int right, int column) const {
  const std::string& key = model_.keyAt(column);
  const std::string_view a = model_.row(left).settings->value(key);
  const std::string_view b = model_.row(right).settings->value(key);
  const auto number_a = numberIn(a);
  const auto number_b = numberIn(b);
  if (number_a || number_b) return lessNumber(number_a, number_b);
  return naturalOrder(textOf(a), textOf(b)) < 0;
}

bool RunsProxy::lessThan(const QModelIndex& left, const QModelIndex& right) const {
  const int column = left.column();
  if (column >= kRunColumns) return lessSetting(left.row(), right.row(), column);
  const auto name = static_cast<RunColumn>(column);
  const RunRow& a = model_.row(left.row());
  const RunRow& b = model_.row(right.row());
  switch (factsOf(name).kind) {
    case ColumnKind::kNumber:
    case ColumnKind::kYesNo: return lessNumber(numberOf(a, name), numberOf(b, name));
    case ColumnKind::kText: return naturalOrder(cellText(a, name), cellText(b, name)) < 0;
    case ColumnKind::kMark: return model_.isVisible(left.row()) && !model_.isVisible(right.row());
  }
  return false;
}

}  // namespace a2q::views
