// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/command/command_palette.h"

#include <QAction>
#include <QCoreApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <iterator>
#include <optional>

#include "app/workbench/command/commands.h"
#include "app/workbench/command/match_rank.h"

namespace a2q::workbench {
namespace {

constexpr int kEntryRole = Qt::UserRole;

std::vector<PaletteEntry> entriesOf(const CommandSet& commands) {
  std::vector<PaletteEntry> entries;
  for (const CommandRow& row : commandTable()) {
    if (row.id == CommandId::kPalette) continue;
    entries.push_back({.text = commands.plainText(row.id),
                       .category = CommandSet::place(row.id),
                       .shortcut = commands.shortcut(row.id).toString(QKeySequence::NativeText),
                       .reason = commands.reason(row.id),
                       .tip = CommandSet::tip(row.id),
                       .run = [action = commands.action(row.id)] { action->trigger(); }});
  }
  return entries;
}

/// What is found by its menu alone ("theme dark") stands behind what is found by its text, and
/// what cannot be had now stands lower.
std::optional<int> rankOf(const QString& query, const PaletteEntry& entry) {
  std::optional<int> rank = matchRank(query, entry.text);
  if (!rank) {
    rank = matchRank(query, entry.category + QLatin1Char(' ') + entry.text);
    if (rank) rank = *rank / 2;
  }
  return rank && !entry.reason.isEmpty() ? *rank / 2 : rank;
}

QTreeWidgetItem* itemOf(const PaletteEntry& entry, int index, const QPalette& palette) {
  auto* item = new QTreeWidgetItem({entry.text, entry.category, entry.shortcut});
  item->setData(0, kEntryRole, index);
  item->setToolTip(0, entry.reason.isEmpty() ? entry.tip : entry.reason);
  const QColor grey = palette.color(QPalette::Disabled, QPalette::Text);
  for (const int column : {0, 1, 2}) {
    if (column > 0 || !entry.reason.isEmpty()) item->setForeground(column, grey);
  }
  if (!entry.reason.isEmpty()) {
    item->setText(0, QStringLiteral("%1 — %2").arg(entry.text, entry.reason));
    item->setData(0, Qt::AccessibleTextRole,
                  CommandPalette::tr("%1, not available: %2").arg(entry.text, entry.reason));
  }
  return item;
}

}  // namespace

CommandPalette::CommandPalette(const CommandSet& commands, std::vector<PaletteEntry> more,
                               QWidget* parent)
    : QDialog(parent), entries_(entriesOf(commands)) {
  std::move(more.begin(), more.end(), std::back_inserter(entries_));
  setObjectName(QStringLiteral("command_palette"));
  setWindowTitle(tr("Find a command"));
  build();
  narrow();
}

void CommandPalette::build() {
  query_ = new QLineEdit;
  query_->setPlaceholderText(tr("A few letters of a command, pane or layer"));
  query_->setAccessibleName(tr("Search"));
  query_->setClearButtonEnabled(true);
  query_->installEventFilter(this);
  list_ = new QTreeWidget;
  list_->setAccessibleName(tr("Commands found"));
  list_->setHeaderLabels({tr("Command"), tr("Menu"), tr("Keys")});
  list_->setRootIsDecorated(false);
  list_->setUniformRowHeights(true);
  list_->setAllColumnsShowFocus(true);
  list_->header()->setStretchLastSection(false);
  list_->header()->setSectionResizeMode(0, QHeaderView::Stretch);
  list_->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
  list_->header()->setSectionResizeMode(2, QHeaderView::ResizeToContents);
  about_ = new QLabel;
  about_->setWordWrap(true);
  about_->setTextFormat(Qt::PlainText);
  about_->setMinimumHeight(2 * about_->fontMetrics().lineSpacing());
  about_->setAlignment(Qt::AlignTop | Qt::AlignLeft);
  auto* column = new QVBoxLayout(this);
  column->addWidget(query_);
  column->addWidget(list_, 1);
  column->addWidget(about_);
  connect(query_, &QLineEdit::textChanged, this, &CommandPalette::narrow);
  connect(list_, &QTreeWidget::currentItemChanged, this, &CommandPalette::tellAbout);
  connect(list_, &QTreeWidget::itemActivated, this, &CommandPalette::runCurrent);
}

void CommandPalette::popUp(const CommandSet& commands, std::vector<PaletteEntry> more,
                           QWidget* window) {
  constexpr QSize kUsual(640, 420);
  auto* palette = new CommandPalette(commands, std::move(more), window);
  palette->setAttribute(Qt::WA_DeleteOnClose);
  palette->resize(kUsual.boundedTo(window->size()));
  const QPoint place((window->width() - palette->width()) / 2, window->height() / 10);
  palette->move(window->mapToGlobal(place));
  palette->open();
}

QStringList CommandPalette::shown() const {
  QStringList texts;
  for (int row = 0; row < list_->topLevelItemCount(); ++row) {
    const auto index = list_->topLevelItem(row)->data(0, kEntryRole).toULongLong();
    texts << entries_[index].text;
  }
  return texts;
}

void CommandPalette::narrow() {
  struct Found {
    int rank;
    std::size_t index;
  };
  std::vector<Found> found;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    if (const auto rank = rankOf(query_->text(), entries_[i])) found.push_back({*rank, i});
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const Found& a, const Found& b) { return a.rank > b.rank; });
  list_->clear();
  QList<QTreeWidgetItem*> items;
  for (const Found& one : found) {
    items << itemOf(entries_[one.index], static_cast<int>(one.index), palette());
  }
  list_->addTopLevelItems(items);
  if (!items.isEmpty()) list_->setCurrentItem(items.front());
  tellAbout();
}

const PaletteEntry* CommandPalette::current() const {
  const QTreeWidgetItem* const item = list_->currentItem();
  return item == nullptr ? nullptr : &entries_[item->data(0, kEntryRole).toULongLong()];
}

void CommandPalette::tellAbout() {
  const PaletteEntry* const entry = current();
  if (entry == nullptr) return about_->setText(tr("Nothing of that name."));
  about_->setText(entry->reason.isEmpty() ? entry->tip
                                          : tr("Not available: %1").arg(entry->reason));
}

void CommandPalette::runCurrent() {
  const PaletteEntry* const entry = current();
  if (entry == nullptr || !entry->reason.isEmpty()) return;
  // A copy: closing may delete this, and what runs may open a dialog of its own.
  const std::function<void()> run = entry->run;
  accept();
  if (run) run();
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event) {
  if (watched != query_ || event->type() != QEvent::KeyPress) {
    return QDialog::eventFilter(watched, event);
  }
  const auto* const key = static_cast<QKeyEvent*>(event);
  switch (key->key()) {
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_PageUp:
    case Qt::Key_PageDown: QCoreApplication::sendEvent(list_, event); return true;
    case Qt::Key_Return:
    case Qt::Key_Enter: runCurrent(); return true;
    default: return QDialog::eventFilter(watched, event);
  }
}

}  // namespace a2q::workbench
