// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/runs/runs_model.h"

#include <QFont>
#include <algorithm>
#include <unordered_set>
#include <utility>

#include "views/common/plain_tip.h"

namespace a2q::views {
namespace {

constexpr RunColumn columnAt(int column) { return static_cast<RunColumn>(column); }
constexpr int indexOf(RunColumn column) { return static_cast<int>(column); }

bool sameRuns(const std::vector<RunRow>& shown, const std::vector<RunRow>& next) {
  return shown.size() <= next.size() &&
         std::equal(shown.begin(), shown.end(), next.begin(),
                    [](const RunRow& a, const RunRow& b) { return a.uuid == b.uuid; });
}

}  // namespace

RunsModel::RunsModel(QObject* parent) : QAbstractTableModel(parent), reader_(this) {
  connect(&reader_, &SettingsReader::progressed, this, &RunsModel::settingsRead);
}

void RunsModel::show(const std::vector<ProjectRun>& runs, Trained trained) {
  std::vector<RunRow> rows;
  rows.reserve(runs.size());
  for (const ProjectRun& run : runs) rows.push_back(rowOf(run, trained, reader_));
  if (sameRuns(rows_, rows)) {
    const std::size_t kept = rows_.size();
    for (std::size_t i = 0; i < kept; ++i) {
      replaceRow(static_cast<int>(i), std::move(rows[i]));
    }
    rows.erase(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(kept));
    append(std::move(rows));
  } else {
    reset(std::move(rows));
  }
  reader_.forgetUnused();
  if (!reader_.complete()) reader_.readSome();
  findKeys();
}

void RunsModel::update(const ProjectRun& run, Trained trained) {
  const int index = rowOfRun(run.uuid);
  RunRow row = rowOf(run, trained, reader_);
  if (index >= 0) {
    replaceRow(index, std::move(row));
  } else {
    append({std::move(row)});
    findKeys();
  }
}

void RunsModel::replaceRow(int index, RunRow row) {
  RunRow& shown = rows_[static_cast<std::size_t>(index)];
  if (shown == row) return;
  shown = std::move(row);
  // The differences of every other run to its baseline change with it.
  changed(shown.uuid == baseline_ ? -1 : index);
}

void RunsModel::append(std::vector<RunRow> rows) {
  if (rows.empty()) return;
  const int first = rowCount();
  beginInsertRows({}, first, first + static_cast<int>(rows.size()) - 1);
  std::move(rows.begin(), rows.end(), std::back_inserter(rows_));
  endInsertRows();
}

void RunsModel::reset(std::vector<RunRow> rows) {
  beginResetModel();
  rows_ = std::move(rows);
  std::unordered_set<std::string> there;
  for (const RunRow& row : rows_) there.insert(row.uuid);
  std::vector<std::string> gone;
  std::copy_if(visible_.begin(), visible_.end(), std::back_inserter(gone),
               [&](const std::string& uuid) { return !there.contains(uuid); });
  for (const std::string& uuid : gone) {
    colors_.hide(uuid);
    visible_.erase(uuid);
  }
  const bool lost = !there.contains(baseline_) && !baseline_.empty();
  if (lost) baseline_.clear();
  endResetModel();
  if (lost || !gone.empty()) Q_EMIT comparedChanged();
}

/// Row −1: all.
void RunsModel::changed(int row) {
  if (rows_.empty()) return;
  Q_EMIT dataChanged(index(std::max(row, 0), 0),
                     index(row < 0 ? rowCount() - 1 : row, columnCount() - 1));
}

void RunsModel::settingsRead() {
  if (!rows_.empty()) {
    Q_EMIT dataChanged(index(0, indexOf(RunColumn::kMethod)),
                       index(rowCount() - 1, indexOf(RunColumn::kAccumulatorBits)));
  }
  if (reader_.complete()) findKeys();
}

void RunsModel::setSettingColumns(SettingColumns columns) {
  columns_ = columns;
  findKeys();
}

void RunsModel::findKeys() {
  std::vector<std::string> keys;
  if (columns_ == SettingColumns::kDiffering) {
    std::vector<const std::vector<Fact>*> lists;
    std::unordered_set<const RunSettings*> seen;
    for (const RunRow& row : rows_) {
      if (visible_.size() >= 2 && !visible_.contains(row.uuid)) continue;
      if (row.settings->state != RunSettings::State::kRead) continue;
      if (seen.insert(row.settings.get()).second) lists.push_back(&row.settings->facts);
    }
    keys = differingFacts(lists);
  }
  if (keys == keys_) return;
  if (!keys_.empty()) {
    beginRemoveColumns({}, kRunColumns, columnCount() - 1);
    keys_.clear();
    endRemoveColumns();
  }
  if (keys.empty()) return;
  beginInsertColumns({}, kRunColumns, kRunColumns + static_cast<int>(keys.size()) - 1);
  keys_ = std::move(keys);
  endInsertColumns();
}

void RunsModel::setGround(Ground ground) {
  if (ground == ground_) return;
  ground_ = ground;
  changed(-1);
  if (!visible_.empty()) Q_EMIT comparedChanged();
}

void RunsModel::setShown(const std::string& uuid) {
  if (uuid == shown_) return;
  const int before = rowOfRun(shown_);
  shown_ = uuid;
  const int now = rowOfRun(shown_);
  if (before >= 0) changed(before);
  if (now >= 0) changed(now);
}

void RunsModel::setVisible(const std::vector<int>& rows, bool visible) {
  bool differs = false;
  for (const int index : rows) {
    const std::string& uuid = row(index).uuid;
    if (isVisible(index) == visible) continue;
    differs = true;
    if (visible) {
      visible_.insert(uuid);
      colors_.show(uuid);
    } else {
      visible_.erase(uuid);
      colors_.hide(uuid);
      if (uuid == baseline_) baseline_.clear();
    }
  }
  if (!differs) return;
  changed(-1);
  findKeys();
  Q_EMIT comparedChanged();
}

void RunsModel::toggleBaseline(int index) {
  const std::string& uuid = row(index).uuid;
  baseline_ = uuid == baseline_ ? std::string() : uuid;
  if (!baseline_.empty() && visible_.insert(uuid).second) {
    colors_.show(uuid);
    findKeys();
  }
  changed(-1);
  Q_EMIT comparedChanged();
}

const RunRow& RunsModel::row(int index) const { return rows_[static_cast<std::size_t>(index)]; }

int RunsModel::rowOfRun(const std::string& uuid) const {
  const auto found = std::ranges::find(rows_, uuid, &RunRow::uuid);
  return found == rows_.end() || uuid.empty() ? -1 : static_cast<int>(found - rows_.begin());
}

bool RunsModel::isVisible(int index) const { return visible_.contains(row(index).uuid); }

std::vector<ComparedChoice> RunsModel::compared() const {
  std::vector<ComparedChoice> out;
  for (const RunRow& row : rows_) {
    if (!visible_.contains(row.uuid)) continue;
    const RunStroke& stroke = *colors_.strokeOf(row.uuid);
    out.push_back({row.uuid, stroke.color(ground_), row.uuid == baseline_, stroke.dash()});
  }
  return out;
}

const std::string& RunsModel::keyAt(int column) const {
  return keys_[static_cast<std::size_t>(column - kRunColumns)];
}

int RunsModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

int RunsModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : kRunColumns + static_cast<int>(keys_.size());
}

QString RunsModel::nameText(const RunRow& row) const {
  QString text = row.uuid == shown_ ? QStringLiteral("▶ ") + row.name : row.name;
  if (row.uuid == baseline_) text += tr(" (baseline)");
  return text;
}

QString RunsModel::text(int index, int column) const {
  const RunRow& run = row(index);
  if (column >= kRunColumns) {
    const std::string_view value = run.settings->value(keyAt(column));
    return value.empty() ? QStringLiteral("–")
                         : QString::fromUtf8(value.data(), static_cast<qsizetype>(value.size()));
  }
  if (columnAt(column) == RunColumn::kName) return nameText(run);
  QString text = cellText(run, columnAt(column));
  if (baseline_.empty() || run.uuid == baseline_) return text;
  const int base = rowOfRun(baseline_);
  return base < 0 ? text : text + differenceText(run, row(base), columnAt(column));
}

QVariant RunsModel::decoration(int index, int column) const {
  if (column != indexOf(RunColumn::kColor)) return {};
  if (row(index).uuid == shown_) return swatch(shownRunColor(ground_), 0);
  if (!isVisible(index)) return {};
  return swatch(*colors_.strokeOf(row(index).uuid), ground_);
}

/// What a screen reader says where there is no text.
QString RunsModel::spoken(int index, int column) const {
  if (column == indexOf(RunColumn::kVisible)) {
    return isVisible(index) ? tr("compared") : tr("not compared");
  }
  if (column != indexOf(RunColumn::kColor)) return text(index, column);
  if (row(index).uuid == shown_) return tr("the line on screen");
  if (!isVisible(index)) return tr("no line");
  const RunStroke& stroke = *colors_.strokeOf(row(index).uuid);
  return tr("colour %1, line style %2")
      .arg(stroke.slot % RunStroke::kColors + 1)
      .arg(stroke.dash() + 1);
}

QVariant RunsModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  const int column = index.column();
  const bool setting = column >= kRunColumns;
  switch (role) {
    case Qt::DisplayRole: return text(index.row(), column);
    case Qt::DecorationRole: return decoration(index.row(), column);
    case Qt::AccessibleTextRole: return spoken(index.row(), column);
    case Qt::CheckStateRole:
      if (column != indexOf(RunColumn::kVisible)) return {};
      return isVisible(index.row()) ? Qt::Checked : Qt::Unchecked;
    case Qt::ToolTipRole:
      if (setting) return QString::fromStdString(keyAt(column));
      return plainTip(cellTip(row(index.row()), columnAt(column)));
    case Qt::FontRole: {
      if (row(index.row()).uuid != shown_) return {};
      QFont font;
      font.setBold(true);
      return font;
    }
    case Qt::TextAlignmentRole: {
      const bool right = !setting && factsOf(columnAt(column)).kind == ColumnKind::kNumber;
      return QVariant::fromValue(Qt::AlignVCenter | (right ? Qt::AlignRight : Qt::AlignLeft));
    }
    default: return {};
  }
}

bool RunsModel::setData(const QModelIndex& index, const QVariant& value, int role) {
  if (role != Qt::CheckStateRole || index.column() != indexOf(RunColumn::kVisible)) return false;
  setVisible({index.row()}, value.toInt() == Qt::Checked);
  return true;
}

Qt::ItemFlags RunsModel::flags(const QModelIndex& index) const {
  Qt::ItemFlags flags = QAbstractTableModel::flags(index);
  if (index.isValid() && index.column() == indexOf(RunColumn::kVisible)) {
    flags |= Qt::ItemIsUserCheckable;
  }
  return flags;
}

QVariant RunsModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || section < 0 || section >= columnCount()) return {};
  const bool setting = section >= kRunColumns;
  if (role == Qt::DisplayRole) {
    return setting ? QString::fromStdString(keyAt(section)) : headingOf(columnAt(section));
  }
  if (role == Qt::ToolTipRole) {
    return setting ? tr("The setting %1").arg(QString::fromStdString(keyAt(section)))
                   : meaningOf(columnAt(section));
  }
  return {};
}

}  // namespace a2q::views
