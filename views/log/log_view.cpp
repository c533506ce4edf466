// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/log/log_view.h"

#include <QClipboard>
#include <QComboBox>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QMessageBox>
#include <QScrollBar>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "core/base/atomic_file.h"

namespace a2q::views {

LogView::LogView(QWidget* parent)
    : QWidget(parent),
      model_(new LogModel(this)),
      proxy_(new LogProxy(*model_, this)),
      list_(new QListView) {
  constexpr QSize kSmallest(300, 110);
  setMinimumSize(kSmallest);
  setObjectName(QStringLiteral("log"));
  setAccessibleName(tr("Log"));
  model_->setIcons({QIcon(), style()->standardIcon(QStyle::SP_MessageBoxWarning),
                    style()->standardIcon(QStyle::SP_MessageBoxCritical)});
  list_->setModel(proxy_);
  list_->setAccessibleName(tr("Lines of the log, the newest at the bottom"));
  list_->setUniformItemSizes(true);
  list_->setIconSize(QSize(fontMetrics().ascent(), fontMetrics().ascent()));
  list_->setSelectionMode(QAbstractItemView::ExtendedSelection);
  list_->setEditTriggers(QAbstractItemView::NoEditTriggers);
  list_->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
  list_->setContextMenuPolicy(Qt::CustomContextMenu);
  list_->installEventFilter(this);
  // Once for many lines: scrolling lays the list out.
  scroll_.setSingleShot(true);
  scroll_.setInterval(0);
  connect(&scroll_, &QTimer::timeout, list_, &QListView::scrollToBottom);
  connect(list_, &QWidget::customContextMenuRequested, this, &LogView::showMenu);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(8, 6, 8, 6);
  column->addWidget(makeFilterLine());
  column->addWidget(list_, 1);
}

QWidget* LogView::makeFilterLine() {
  filter_ = new QLineEdit;
  filter_->setClearButtonEnabled(true);
  filter_->setPlaceholderText(tr("Filter: lines that contain this"));
  filter_->setAccessibleName(tr("Filter of the log"));
  level_ = new QComboBox;
  level_->addItems({tr("All lines"), tr("Warnings and errors"), tr("Errors")});
  level_->setAccessibleName(tr("Least level shown"));
  auto* copy = new QToolButton;
  copy->setText(tr("Copy"));
  copy->setToolTip(tr("Copies the lines chosen, or all that are shown (Ctrl+C)"));
  auto* save = new QToolButton;
  save->setText(tr("Save as text…"));
  save->setToolTip(tr("Saves the lines that are shown"));
  connect(filter_, &QLineEdit::textChanged, this, &LogView::applyFilter);
  connect(level_, &QComboBox::currentIndexChanged, this, &LogView::applyFilter);
  connect(copy, &QToolButton::clicked, this, &LogView::copyChosen);
  connect(save, &QToolButton::clicked, this, &LogView::askAndSave);
  auto* line = new QWidget;
  auto* row = new QHBoxLayout(line);
  row->setContentsMargins(0, 0, 0, 0);
  row->addWidget(filter_, 1);
  row->addWidget(level_);
  row->addWidget(copy);
  row->addWidget(save);
  return line;
}

bool LogView::atEnd() const {
  const QScrollBar& bar = *list_->verticalScrollBar();
  return bar.value() >= bar.maximum();
}

void LogView::addLine(const QString& text, LogLevel level) {
  if (!scroll_.isActive() && atEnd()) scroll_.start();
  model_->add({QTime::currentTime(), level, text});
}

void LogView::setFilter(const QString& text, LogLevel least) {
  filter_->setText(text);
  level_->setCurrentIndex(static_cast<int>(least));
}

void LogView::applyFilter() {
  proxy_->setFilter(filter_->text(), static_cast<LogLevel>(level_->currentIndex()));
  list_->scrollToBottom();
}

QString LogView::text() const {
  QString text;
  for (int row = 0; row < proxy_->rowCount(); ++row) {
    text += proxy_->index(row, 0).data().toString() + QLatin1Char('\n');
  }
  return text;
}

int LogView::lineCount() const { return proxy_->rowCount(); }

void LogView::copyChosen() {
  QModelIndexList chosen = list_->selectionModel()->selectedRows();
  std::ranges::sort(chosen, {}, [](const QModelIndex& index) { return index.row(); });
  QString lines;
  for (const QModelIndex& index : chosen) lines += index.data().toString() + QLatin1Char('\n');
  QGuiApplication::clipboard()->setText(chosen.isEmpty() ? text() : lines);
}

void LogView::askAndSave() {
  QString path = QFileDialog::getSaveFileName(this, tr("Save the log"), QStringLiteral("log.txt"),
                                              tr("Text (*.txt)"));
  if (path.isEmpty()) return;
  const Status written = writeFileAtomically(path.toStdString(), text().toStdString());
  if (!written) {
    QMessageBox::warning(this, tr("Save failed"),
                         QString::fromStdString(describe(written.error())));
  }
}

void LogView::showMenu(const QPoint& place) {
  QMenu menu(this);
  menu.addAction(tr("&Copy"), this, &LogView::copyChosen)->setShortcut(QKeySequence::Copy);
  menu.addAction(tr("Select &all"), list_, &QListView::selectAll);
  menu.addAction(tr("&Save as text…"), this, &LogView::askAndSave);
  menu.addSeparator();
  menu.addAction(tr("C&lear"), model_, &LogModel::clear);
  menu.exec(list_->viewport()->mapToGlobal(place));
}

bool LogView::eventFilter(QObject* watched, QEvent* event) {
  if (watched == list_ && event->type() == QEvent::KeyPress &&
      static_cast<QKeyEvent*>(event)->matches(QKeySequence::Copy)) {
    copyChosen();
    return true;
  }
  return QWidget::eventFilter(watched, event);
}

}  // namespace a2q::views
