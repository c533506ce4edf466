// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>
#include <QIcon>
#include <QSortFilterProxyModel>
#include <QTime>
#include <array>
#include <deque>

namespace a2q::views {

enum class LogLevel { kInfo, kWarning, kError };

/// A line of the log.
struct LogLine {
  QTime time;
  LogLevel level = LogLevel::kInfo;
  QString text;
  /// "17:04:05  Warning: …".
  [[nodiscard]] QString whole() const;
};

/// The newest 10,000 lines.
class LogModel : public QAbstractListModel {
  Q_OBJECT

 public:
  static constexpr int kMostLines = 10'000;

  using QAbstractListModel::QAbstractListModel;

  void add(LogLine line);
  void clear();
  void setIcons(const std::array<QIcon, 3>& icons) { icons_ = icons; }
  [[nodiscard]] const LogLine& line(int row) const { return lines_[static_cast<std::size_t>(row)]; }

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

 private:
  std::deque<LogLine> lines_;
  std::array<QIcon, 3> icons_;  ///< by level; the first is none
};

/// The lines of at least a level that contain a text.
class LogProxy : public QSortFilterProxyModel {
  Q_OBJECT

 public:
  LogProxy(LogModel& model, QObject* parent);
  void setFilter(const QString& text, LogLevel least);

 protected:
  [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

 private:
  LogModel& model_;
  QString text_;
  LogLevel least_ = LogLevel::kInfo;
};

}  // namespace a2q::views
