// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/accumulator/witness_box.h"

#include <QHeaderView>
#include <QLabel>
#include <QTableWidget>
#include <QVBoxLayout>

#include "views/accumulator/witness_text.h"

namespace a2q::views {
namespace {

QLabel* selectableLabel(const QString& name) {
  auto* label = new QLabel;
  label->setObjectName(name);
  label->setWordWrap(true);
  label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  return label;
}

}  // namespace

WitnessBox::WitnessBox(QWidget* parent)
    : QWidget(parent),
      facts_(selectableLabel(QStringLiteral("witness_facts"))),
      outcomes_(new QTableWidget(0, 5)),
      preview_(selectableLabel(QStringLiteral("witness_preview"))) {
  outcomes_->setObjectName(QStringLiteral("witness_outcomes"));
  outcomes_->setAccessibleName(tr("The witness replayed by the integer engine"));
  outcomes_->setToolTip(
      tr("The integer engine adds the products one at a time in accumulators of P bits [exact]"));
  outcomes_->setHorizontalHeaderLabels(
      {tr("P"), tr("mode"), tr("result"), tr("overflowed"), tr("holds")});
  outcomes_->verticalHeader()->hide();
  outcomes_->setEditTriggers(QAbstractItemView::NoEditTriggers);
  outcomes_->setSelectionBehavior(QAbstractItemView::SelectRows);
  outcomes_->setTabKeyNavigation(false);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(facts_);
  column->addWidget(outcomes_, 1);
  column->addWidget(preview_);
}

void WitnessBox::show(const WitnessShown& shown) {
  constexpr std::size_t kPreviewed = 12;
  const bool answered = shown.problem.isEmpty();
  facts_->setText(answered ? witnessFacts(shown.answer) : shown.problem.toHtmlEscaped());
  outcomes_->setVisible(answered);
  preview_->setVisible(answered);
  if (!answered) return;
  preview_->setText(witnessPreview(shown.answer, kPreviewed));
  showOutcomes(shown.answer);
}

void WitnessBox::showOutcomes(const WitnessAnswer& answer) {
  outcomes_->setRowCount(static_cast<int>(answer.outcomes.size()));
  for (std::size_t row = 0; row < answer.outcomes.size(); ++row) {
    const ReplayOutcome& outcome = answer.outcomes[row];
    const QStringList fields = outcomeFields(outcome);
    for (int field = 0; field < static_cast<int>(fields.size()); ++field) {
      auto* item = new QTableWidgetItem(fields[field]);
      QFont font = item->font();
      font.setBold(outcome.overflowed);
      item->setFont(font);
      outcomes_->setItem(static_cast<int>(row), field, item);
    }
  }
  outcomes_->resizeColumnsToContents();
  outcomes_->resizeRowsToContents();
}

}  // namespace a2q::views
