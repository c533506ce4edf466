// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/runs/runs_view.h"

#include <QAction>
#include <QEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QStackedWidget>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>

#include "core/base/atomic_file.h"
#include "views/common/number_text.h"
#include "views/common/plot_theme.h"
#include "views/runs/runs_table.h"

namespace a2q::views {

RunsView::RunsView(QWidget* parent)
    : QWidget(parent),
      model_(new RunsModel(this)),
      proxy_(new RunsProxy(*model_, this)),
      table_(new RunsTable(*model_, *proxy_)),
      empty_(new QLabel),
      stack_(new QStackedWidget) {
  constexpr QSize kSmallest(300, 110);
  setMinimumSize(kSmallest);
  setObjectName(QStringLiteral("runs"));
  setAccessibleName(tr("Runs"));
  empty_->setAlignment(Qt::AlignCenter);
  empty_->setWordWrap(true);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(8, 6, 8, 6);
  column->addWidget(makeFilterLine());
  column->addWidget(error_);
  column->addWidget(stack_, 1);
  stack_->addWidget(table_);
  stack_->addWidget(empty_);
  connect(table_, &RunsTable::runActivated, this, &RunsView::runActivated);
  connect(table_, &QWidget::customContextMenuRequested, this, &RunsView::showMenu);
  connect(model_, &RunsModel::comparedChanged, this,
          [this] { Q_EMIT comparedChanged(model_->compared()); });
  connect(proxy_, &QAbstractItemModel::columnsInserted, table_, &RunsTable::fitColumns);
  for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved}) {
    connect(proxy_, signal, this, &RunsView::countRows);
  }
  connect(proxy_, &QAbstractItemModel::modelReset, this, &RunsView::countRows);
  takePalette();
  countRows();
}

QWidget* RunsView::makeFilterLine() {
  filter_ = new QLineEdit;
  filter_->setClearButtonEnabled(true);
  filter_->setPlaceholderText(tr("Filter: words, or P<=14 method=a2q score>90% safe=no"));
  filter_->setToolTip(filterHelp());
  filter_->setAccessibleName(tr("Filter of the runs"));
  filter_->setAccessibleDescription(filterHelp());
  error_ = new QLabel;
  error_->setWordWrap(true);
  error_->setAccessibleName(tr("What is wrong with the filter"));
  error_->hide();
  count_ = new QLabel;
  count_->setAccessibleName(tr("Number of runs shown"));
  settings_ = new QToolButton;
  settings_->setText(tr("Only differing settings"));
  settings_->setCheckable(true);
  settings_->setToolTip(
      tr("Adds a column for every setting that differs: among the runs compared, or among all when "
         "fewer than two are compared. The same as “a2q diff”."));
  auto* save = new QToolButton;
  save->setText(tr("Save as CSV…"));
  save->setToolTip(tr("Saves the rows and columns that are shown"));
  connect(filter_, &QLineEdit::textChanged, this, &RunsView::applyFilter);
  connect(settings_, &QToolButton::toggled, this, [this](bool on) {
    model_->setSettingColumns(on ? SettingColumns::kDiffering : SettingColumns::kNone);
  });
  connect(save, &QToolButton::clicked, this, &RunsView::askAndExport);
  auto* line = new QWidget;
  auto* row = new QHBoxLayout(line);
  row->setContentsMargins(0, 0, 0, 0);
  row->addWidget(filter_, 1);
  for (QWidget* widget : {static_cast<QWidget*>(count_), static_cast<QWidget*>(settings_),
                          static_cast<QWidget*>(save)}) {
    row->addWidget(widget);
  }
  return line;
}

void RunsView::showRuns(const std::vector<ProjectRun>& runs, Trained trained) {
  const bool first = model_->rowCount() == 0;
  model_->show(runs, trained);
  if (first && !runs.empty()) table_->fitColumns();
  countRows();
}

void RunsView::updateRun(const ProjectRun& run, Trained trained) { model_->update(run, trained); }

void RunsView::setShown(const QString& uuid) { model_->setShown(uuid.toStdString()); }

void RunsView::setFilter(const QString& text) { filter_->setText(text); }

void RunsView::setSettingColumns(SettingColumns columns) {
  settings_->setChecked(columns == SettingColumns::kDiffering);
}

void RunsView::applyFilter() {
  RunFilter filter = parseRunFilter(filter_->text());
  const bool bad = !filter.error.isEmpty();
  error_->setVisible(bad);
  error_->setText(
      bad ? tr("⚠ %1 The table keeps the last filter that could be read.").arg(filter.error)
          : QString());
  QPalette colors = palette();
  if (bad) colors.setColor(QPalette::Text, plotTheme(palette()).limit);
  filter_->setPalette(colors);
  if (!bad) proxy_->setFilter(std::move(filter));
  countRows();
}

void RunsView::countRows() {
  const int all = runCount();
  const int shown = shownCount();
  count_->setText(shown != all ? tr("%1 of %2 runs").arg(grouped(shown), grouped(all))
                  : all == 1   ? tr("1 run")
                               : tr("%1 runs").arg(grouped(all)));
  empty_->setText(all == 0
                      ? tr("No runs yet. Start a training (F5): every run of the project is "
                           "a row here.")
                      : tr("No run passes the filter. Clear it to see all %1.").arg(grouped(all)));
  stack_->setCurrentIndex(shown == 0 ? 1 : 0);
}

void RunsView::showMenu(const QPoint& place) {
  const int current = table_->currentRow();
  if (current < 0) return;
  const RunRow& run = model_->row(current);
  const QString uuid = QString::fromStdString(run.uuid);
  const auto with_key = [](QAction* action, const QKeySequence& key) { action->setShortcut(key); };
  QMenu menu(this);
  with_key(menu.addAction(tr("&Show in the panes"), table_, &RunsTable::activateCurrent),
           Qt::Key_Return);
  with_key(menu.addAction(tr("&Compare the runs chosen, or no longer"), table_,
                          &RunsTable::toggleChosen),
           Qt::Key_Space);
  with_key(menu.addAction(run.uuid == model_->baseline() ? tr("No &baseline") : tr("&Baseline"),
                          table_, &RunsTable::toggleBaseline),
           Qt::Key_B);
  menu.addSeparator();
  menu.addAction(tr("Copy as c&ommand"), this, [this, uuid] { Q_EMIT copyCommandWanted(uuid); });
  menu.addAction(tr("Save table as CS&V…"), this, &RunsView::askAndExport);
  menu.exec(table_->viewport()->mapToGlobal(place));
}

void RunsView::askAndExport() {
  QString path = QFileDialog::getSaveFileName(this, tr("Save the table of runs"),
                                              QStringLiteral("runs.csv"), tr("CSV table (*.csv)"));
  if (path.isEmpty()) return;
  if (!path.endsWith(QStringLiteral(".csv"), Qt::CaseInsensitive)) path += QStringLiteral(".csv");
  const Status written = writeFileAtomically(path.toStdString(), csvText().toStdString());
  if (!written) {
    QMessageBox::warning(this, tr("Export failed"),
                         QString::fromStdString(describe(written.error())));
  }
}

void RunsView::takePalette() {
  model_->setGround(isDark(palette()) ? Ground::kDark : Ground::kLight);
  applyFilter();
}

int RunsView::runCount() const { return model_->rowCount(); }

int RunsView::shownCount() const { return proxy_->rowCount(); }

QString RunsView::text(int row, RunColumn column) const {
  return proxy_->index(row, static_cast<int>(column)).data().toString();
}

QString RunsView::filterError() const { return error_->text(); }

QString RunsView::csvText() const { return table_->csvText(); }

void RunsView::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange && stack_->count() > 0) takePalette();
}

}  // namespace a2q::views
