// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/dialogs/diagnose_dialog.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

#include "app/workbench/command/glyph_icon.h"
#include "app/workbench/settings/aside.h"
#include "views/common/plain_tip.h"

namespace a2q::workbench {
namespace {

QString stateText(FindingState state) {
  switch (state) {
    case FindingState::kOk: return DiagnoseDialog::tr("ok");
    case FindingState::kOptional: return DiagnoseDialog::tr("optional");
    case FindingState::kWarning: return DiagnoseDialog::tr("warning");
    case FindingState::kMissing: return DiagnoseDialog::tr("missing");
  }
  return {};
}

Glyph glyphOf(FindingState state) {
  switch (state) {
    case FindingState::kOk: return Glyph::kCheck;
    case FindingState::kOptional: return Glyph::kAbsent;
    case FindingState::kWarning: return Glyph::kWarning;
    case FindingState::kMissing: break;
  }
  return Glyph::kMissing;
}

void addRow(QTreeWidgetItem* group, const Finding& finding) {
  const QStringList cells = {QString::fromStdString(finding.what), stateText(finding.state),
                             QString::fromStdString(finding.detail),
                             QString::fromStdString(finding.remedy)};
  auto* row = new QTreeWidgetItem(group, cells);
  row->setIcon(1, glyphIcon(glyphOf(finding.state)));
  for (int column = 0; column < cells.size(); ++column)
    row->setToolTip(column, views::plainTip(cells[column]));
}

}  // namespace

DiagnoseDialog::DiagnoseDialog(QWidget* parent, Look look)
    : QDialog(parent), look_(std::move(look)) {
  constexpr QSize kUsual(860, 600);
  setObjectName(QStringLiteral("diagnose_dialog"));
  setWindowTitle(tr("Diagnose"));
  build();
  resize(kUsual);
  lookAgain();
}

void DiagnoseDialog::build() {
  verdict_ = new QLabel;
  verdict_->setObjectName(QStringLiteral("verdict"));
  verdict_->setWordWrap(true);
  table_ = new QTreeWidget;
  table_->setAccessibleName(tr("What was looked at"));
  table_->setHeaderLabels({tr("What"), tr("State"), tr("Detail"), tr("What to do")});
  table_->setAllColumnsShowFocus(true);
  table_->setAlternatingRowColors(true);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
  copy_ = buttons->addButton(tr("&Copy"), QDialogButtonBox::ActionRole);
  copy_->setToolTip(tr("Put all of it into the clipboard as plain text"));
  again_ = buttons->addButton(tr("Look &again"), QDialogButtonBox::ActionRole);
  again_->setToolTip(tr("After something was installed or set"));
  connect(copy_, &QPushButton::clicked, this, [this] {
    QGuiApplication::clipboard()->setText(QString::fromStdString(diagnosisText(findings_)));
  });
  connect(again_, &QPushButton::clicked, this, &DiagnoseDialog::lookAgain);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  auto* column = new QVBoxLayout(this);
  column->addWidget(verdict_);
  column->addWidget(table_, 1);
  column->addWidget(buttons);
}

void DiagnoseDialog::lookAgain() {
  verdict_->setText(tr("Looking…"));
  copy_->setEnabled(false);
  again_->setEnabled(false);
  runAside(this, look_, [this](const std::vector<Finding>& findings) { fill(findings); });
}

void DiagnoseDialog::fill(const std::vector<Finding>& findings) {
  findings_ = findings;
  table_->clear();
  QTreeWidgetItem* group = nullptr;
  for (const Finding& finding : findings) {
    const QString name = QString::fromStdString(finding.group);
    if (group == nullptr || group->text(0) != name) {
      group = new QTreeWidgetItem(table_, {name});
      group->setFirstColumnSpanned(true);
      group->setExpanded(true);
      QFont strong = table_->font();
      strong.setBold(true);
      group->setFont(0, strong);
    }
    addRow(group, finding);
  }
  for (const int column : {0, 1, 2}) table_->resizeColumnToContents(column);
  constexpr int kMostDetail = 340;
  table_->setColumnWidth(2, std::min(table_->columnWidth(2), kMostDetail));
  verdict_->setText(lacksSomething(findings)
                        ? tr("Something that is needed is missing.")
                        : tr("Everything that is needed is here. What is optional is needed for "
                             "some work alone."));
  copy_->setEnabled(true);
  again_->setEnabled(true);
  Q_EMIT looked();
}

}  // namespace a2q::workbench
