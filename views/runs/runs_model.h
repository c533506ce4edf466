// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <set>
#include <string>
#include <vector>

#include "views/runs/run_colors.h"
#include "views/runs/run_columns.h"

namespace a2q::views {

/// A run that panes draw beside the one shown.
struct ComparedChoice {
  std::string uuid;
  QColor color;
  bool baseline = false;
  int dash = 0;  ///< RunStroke::dash()
  bool operator==(const ComparedChoice&) const = default;
};

/// Which columns of settings there are.
enum class SettingColumns { kNone, kDiffering };

/// Runs as a table, in the order in which they began; which of them are visible and which is the
/// baseline.
class RunsModel : public QAbstractTableModel {
  Q_OBJECT

 public:
  explicit RunsModel(QObject* parent = nullptr);

  /// Rows that stay keep their places; what is new comes at the end.
  void show(const std::vector<ProjectRun>& runs, Trained trained);
  /// One run that changed; one that is not there is added.
  void update(const ProjectRun& run, Trained trained);
  /// Columns for the settings that differ among the visible runs, or among all when fewer than two
  /// are visible.
  void setSettingColumns(SettingColumns columns);
  void setGround(Ground ground);
  /// The run that the panes show; empty: none.
  void setShown(const std::string& uuid);
  void setVisible(const std::vector<int>& rows, bool visible);
  /// A baseline is visible; the one that is already is none then.
  void toggleBaseline(int row);

  [[nodiscard]] const RunRow& row(int index) const;
  [[nodiscard]] int rowOfRun(const std::string& uuid) const;
  [[nodiscard]] bool isVisible(int row) const;
  [[nodiscard]] const std::string& baseline() const { return baseline_; }
  [[nodiscard]] std::vector<ComparedChoice> compared() const;
  [[nodiscard]] const std::vector<std::string>& settingKeys() const { return keys_; }
  /// The dotted key of a column of settings.
  [[nodiscard]] const std::string& keyAt(int column) const;
  [[nodiscard]] SettingsReader& reader() { return reader_; }

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  bool setData(const QModelIndex& index, const QVariant& value, int role) override;
  [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
  [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                    int role) const override;

 Q_SIGNALS:
  /// Visibility, colours or the baseline changed.
  void comparedChanged();

 private:
  void replaceRow(int index, RunRow row);
  void append(std::vector<RunRow> rows);
  void reset(std::vector<RunRow> rows);
  void settingsRead();
  void findKeys();
  void changed(int row);
  [[nodiscard]] QString text(int row, int column) const;
  [[nodiscard]] QVariant decoration(int row, int column) const;
  [[nodiscard]] QString spoken(int row, int column) const;
  [[nodiscard]] QString nameText(const RunRow& row) const;

  SettingsReader reader_;
  std::vector<RunRow> rows_;
  std::set<std::string> visible_;
  RunColors colors_;
  Ground ground_ = Ground::kLight;
  std::string baseline_;
  std::string shown_;
  SettingColumns columns_ = SettingColumns::kNone;
  std::vector<std::string> keys_;
};

}  // namespace a2q::views
