// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/command/shortcut_editor.h"

#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeySequenceEdit>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

#include "app/workbench/command/commands.h"
#include "app/workbench/command/match_rank.h"

namespace a2q::workbench {
namespace {

constexpr int kIdRole = Qt::UserRole;
enum Column { kCommandColumn, kMenuColumn, kKeysColumn };

CommandId idOf(const QTreeWidgetItem& item) {
  return static_cast<CommandId>(item.data(kCommandColumn, kIdRole).toInt());
}

}  // namespace

ShortcutEditor::ShortcutEditor(CommandSet& commands, QWidget* parent)
    : QDialog(parent), commands_(commands) {
  constexpr QSize kUsual(680, 560);
  setObjectName(QStringLiteral("shortcut_editor"));
  setWindowTitle(tr("Keyboard shortcuts"));
  for (const CommandRow& row : commandTable()) {
    table_[static_cast<std::size_t>(row.id)] = commands.shortcut(row.id);
  }
  build();
  fill();
  resize(kUsual);
}

void ShortcutEditor::build() {
  auto* search = new QLineEdit;
  search->setPlaceholderText(tr("Filter by a few letters"));
  search->setAccessibleName(tr("Filter"));
  search->setClearButtonEnabled(true);
  list_ = new QTreeWidget;
  list_->setAccessibleName(tr("Commands and their keys"));
  list_->setHeaderLabels({tr("Command"), tr("Menu"), tr("Keys")});
  list_->setRootIsDecorated(false);
  list_->setUniformRowHeights(true);
  list_->setAllColumnsShowFocus(true);
  list_->header()->setStretchLastSection(false);
  list_->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
  list_->header()->setSectionResizeMode(kCommandColumn, QHeaderView::Stretch);
  keys_ = new QKeySequenceEdit;
  keys_->setAccessibleName(tr("Keys of the selected command"));
  keys_->setToolTip(tr("Click here and press the keys"));
  auto* label = new QLabel(tr("&Keys:"));
  label->setBuddy(keys_);
  clear_ = new QPushButton(tr("Re&move"));
  clear_->setToolTip(tr("The selected command gets no keys"));
  reset_ = new QPushButton(tr("&Usual keys"));
  reset_->setToolTip(tr("Give the selected command the keys it has in a new installation"));
  message_ = new QLabel;
  message_->setObjectName(QStringLiteral("shortcut_message"));
  message_->setAccessibleName(tr("Whether the keys are free"));
  message_->setWordWrap(true);
  message_->setTextFormat(Qt::PlainText);
  message_->setMinimumHeight(2 * message_->fontMetrics().lineSpacing());
  auto* row = new QHBoxLayout;
  row->addWidget(label);
  row->addWidget(keys_, 1);
  row->addWidget(clear_);
  row->addWidget(reset_);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel |
                                       QDialogButtonBox::RestoreDefaults);
  buttons->button(QDialogButtonBox::RestoreDefaults)->setText(tr("Reset &all"));
  auto* column = new QVBoxLayout(this);
  column->addWidget(search);
  column->addWidget(list_, 1);
  column->addLayout(row);
  column->addWidget(message_);
  column->addWidget(buttons);
  connect(search, &QLineEdit::textChanged, this, &ShortcutEditor::filter);
  connect(list_, &QTreeWidget::currentItemChanged, this, &ShortcutEditor::showSelected);
  connect(keys_, &QKeySequenceEdit::editingFinished, this,
          [this] { assign(keys_->keySequence()); });
  connect(clear_, &QPushButton::clicked, this, [this] { assign({}); });
  connect(reset_, &QPushButton::clicked, this,
          [this] { assign(CommandSet::usualShortcut(idOf(*list_->currentItem()))); });
  connect(buttons->button(QDialogButtonBox::RestoreDefaults), &QPushButton::clicked, this,
          &ShortcutEditor::resetAll);
  connect(buttons, &QDialogButtonBox::accepted, this, &ShortcutEditor::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &ShortcutEditor::reject);
}

void ShortcutEditor::fill() {
  QList<QTreeWidgetItem*> items;
  for (const CommandRow& row : commandTable()) {
    auto* item = new QTreeWidgetItem({CommandSet::usualText(row.id), CommandSet::place(row.id)});
    item->setData(kCommandColumn, kIdRole, static_cast<int>(row.id));
    item->setToolTip(kCommandColumn, CommandSet::tip(row.id));
    items << item;
  }
  list_->addTopLevelItems(items);
  for (const CommandRow& row : commandTable()) showRow(row.id);
  list_->setCurrentItem(items.front());
}

QTreeWidgetItem* ShortcutEditor::itemOf(CommandId id) const {
  return list_->topLevelItem(static_cast<int>(id));
}

void ShortcutEditor::showRow(CommandId id) {
  const QKeySequence& keys = table_[static_cast<std::size_t>(id)];
  QTreeWidgetItem* const item = itemOf(id);
  item->setText(kKeysColumn, keys.toString(QKeySequence::NativeText));
  QFont font = list_->font();
  font.setBold(keys != CommandSet::usualShortcut(id));  // what was changed stands out
  item->setFont(kKeysColumn, font);
}

void ShortcutEditor::filter(const QString& text) {
  for (int row = 0; row < list_->topLevelItemCount(); ++row) {
    QTreeWidgetItem* const item = list_->topLevelItem(row);
    const bool found = matchRank(text, item->text(kCommandColumn)).has_value() ||
                       item->text(kKeysColumn).contains(text, Qt::CaseInsensitive);
    item->setHidden(!found);
  }
  const QTreeWidgetItem* const current = list_->currentItem();
  if (current != nullptr && !current->isHidden()) return;
  for (int row = 0; row < list_->topLevelItemCount(); ++row) {
    if (!list_->topLevelItem(row)->isHidden()) {
      return list_->setCurrentItem(list_->topLevelItem(row));
    }
  }
}

void ShortcutEditor::showSelected() {
  if (list_->currentItem() == nullptr) return;
  const CommandId id = idOf(*list_->currentItem());
  keys_->setKeySequence(table_[static_cast<std::size_t>(id)]);
  message_->clear();
}

void ShortcutEditor::select(CommandId id) { list_->setCurrentItem(itemOf(id)); }

bool ShortcutEditor::assign(const QKeySequence& keys) {
  const CommandId id = idOf(*list_->currentItem());
  QKeySequence& mine = table_[static_cast<std::size_t>(id)];
  const QString refused = whyRefused(table_, id, keys);
  if (refused.isEmpty()) mine = keys;
  showRow(id);
  keys_->setKeySequence(mine);
  message_->setText(refused);
  return refused.isEmpty();
}

void ShortcutEditor::resetAll() {
  for (const CommandRow& row : commandTable()) {
    table_[static_cast<std::size_t>(row.id)] = CommandSet::usualShortcut(row.id);
    showRow(row.id);
  }
  showSelected();
}

QString ShortcutEditor::message() const { return message_->text(); }

void ShortcutEditor::accept() {
  for (const CommandRow& row : commandTable()) {
    commands_.setShortcut(row.id, table_[static_cast<std::size_t>(row.id)]);
  }
  QDialog::accept();
}

}  // namespace a2q::workbench
