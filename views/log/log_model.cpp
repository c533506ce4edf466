// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/log/log_model.h"

#include <utility>

#include "views/common/plain_tip.h"

namespace a2q::views {

QString LogLine::whole() const {
  QString prefix;
  if (level == LogLevel::kWarning) prefix = LogModel::tr("Warning: ");
  if (level == LogLevel::kError) prefix = LogModel::tr("Error: ");
  return time.toString(QStringLiteral("HH:mm:ss")) + QStringLiteral("  ") + prefix + text;
}

void LogModel::add(LogLine line) {
  // A tenth at a time: each removal costs the views as much as one of a single line.
  if (lines_.size() >= kMostLines) {
    constexpr int kDropped = kMostLines / 10;
    beginRemoveRows({}, 0, kDropped - 1);
    lines_.erase(lines_.begin(), lines_.begin() + kDropped);
    endRemoveRows();
  }
  const int row = rowCount();
  beginInsertRows({}, row, row);
  lines_.push_back(std::move(line));
  endInsertRows();
}

void LogModel::clear() {
  beginResetModel();
  lines_.clear();
  endResetModel();
}

int LogModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(lines_.size());
}

QVariant LogModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  const LogLine& shown = line(index.row());
  if (role == Qt::DisplayRole) return shown.whole();
  if (role == Qt::ToolTipRole) return plainTip(shown.whole());
  if (role == Qt::DecorationRole && shown.level != LogLevel::kInfo) {
    return icons_[static_cast<std::size_t>(shown.level)];
  }
  return {};
}

LogProxy::LogProxy(LogModel& model, QObject* parent)
    : QSortFilterProxyModel(parent), model_(model) {
  setSourceModel(&model);
}

void LogProxy::setFilter(const QString& text, LogLevel least) {
  if (text == text_ && least == least_) return;
  text_ = text;
  least_ = least;
  invalidateFilter();
}

bool LogProxy::filterAcceptsRow(int row, const QModelIndex& /*parent*/) const {
  const LogLine& line = model_.line(row);
  return line.level >= least_ &&
         (text_.isEmpty() || line.whole().contains(text_, Qt::CaseInsensitive));
}

}  // namespace a2q::views
