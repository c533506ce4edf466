// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/inspector/what_if_panel.h"

#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "core/network/changed_settings.h"
#include "core/network/quant_plan.h"
#include "views/common/number_text.h"
#include "views/inspector/knob_row.h"
#include "views/inspector/knob_state.h"
#include "views/inspector/preview_table.h"

namespace a2q::views {
namespace {

/// Why the specification cannot be planned; none: it can.
std::optional<Error> faultOf(const Experiment& experiment) {
  const auto graph = inferShapes(experiment.network);
  if (!graph) return graph.error();
  const auto plan = planQuantization(experiment.network, *graph, experiment.quant);
  if (!plan) return plan.error();
  return std::nullopt;
}

QLabel* wrappingLabel(int lines) {
  auto* label = new QLabel;
  label->setWordWrap(true);
  label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  label->setMinimumHeight(lines * label->fontMetrics().lineSpacing() + 2);
  label->setAlignment(Qt::AlignTop | Qt::AlignLeft);
  return label;
}

QString basisText(WhatIfBasis basis) {
  switch (basis) {
    case WhatIfBasis::kPlan:
      return WhatIfPanel::tr("Budgets only: there are no weights yet. Train to see the rest.");
    case WhatIfBasis::kNorms:
      return WhatIfPanel::tr(
          "The present ‖q‖₁ under the new bits; a score can be previewed once a run has ended.");
    case WhatIfBasis::kWeights: return WhatIfPanel::tr("Scoring the changed network …");
  }
  return {};
}

}  // namespace

QString settingsText(const QuantSpec& from, const QuantSpec& to) {
  QStringList options;
  for (const ChangedSetting& setting : changedSettings(from, to)) {
    options << QStringLiteral("--set %1=%2")
                   .arg(QString::fromStdString(setting.key), QString::fromStdString(setting.value));
  }
  return options.join(QLatin1Char(' '));
}

WhatIfPanel::WhatIfPanel(QWidget* parent) : QWidget(parent) {
  setAccessibleName(tr("What if"));
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(4);
  createKnobs();
  createPreview();
  createButtons();
  showButtons();
}

void WhatIfPanel::createKnobs() {
  scope_ = wrappingLabel(2);
  scope_->setObjectName(QStringLiteral("what_if_scope"));
  auto* grid = new QGridLayout;
  grid->setVerticalSpacing(2);
  int row = 0;
  for (const Knob knob : kKnobs) {
    auto* line = new KnobRow(knob, *grid, row++, this);
    connect(line, &KnobRow::moved, this,
            [this, knob](std::optional<int> bits) { move(knob, bits); });
    knobs_.push_back(line);
  }
  auto* column = static_cast<QVBoxLayout*>(layout());
  column->addWidget(scope_);
  column->addLayout(grid);
}

void WhatIfPanel::createPreview() {
  constexpr int kRowsInSight = 4;
  table_ = new PreviewTable;
  hint_ = wrappingLabel(1);
  hint_->setObjectName(QStringLiteral("what_if_hint"));
  hint_->setContentsMargins(2, 4, 2, 4);
  score_ = wrappingLabel(3);
  score_->setObjectName(QStringLiteral("what_if_score"));
  score_->setAccessibleName(tr("Score of the changed network"));
  stack_ = new QStackedWidget;
  stack_->addWidget(hint_);
  stack_->addWidget(table_);
  stack_->setFixedHeight((2 * kRowsInSight + 2) * fontMetrics().lineSpacing() + 20);
  auto* column = static_cast<QVBoxLayout*>(layout());
  column->addWidget(stack_);
  column->addWidget(score_);
  showHint({});
}

void WhatIfPanel::createButtons() {
  apply_ = new QPushButton(tr("Apply"));
  reset_ = new QPushButton(tr("Reset"));
  copy_ = new QPushButton(tr("Copy as command"));
  apply_->setObjectName(QStringLiteral("what_if_apply"));
  reset_->setObjectName(QStringLiteral("what_if_reset"));
  copy_->setObjectName(QStringLiteral("what_if_copy"));
  auto* row = new QHBoxLayout;
  row->setSpacing(4);
  for (QPushButton* button : {apply_, reset_, copy_}) {
    row->addWidget(button, button == copy_ ? 1 : 0);
    // Three buttons stand side by side in a narrow pane.
    button->setMinimumWidth(button->fontMetrics().horizontalAdvance(button->text()) + 14);
  }
  static_cast<QVBoxLayout*>(layout())->addLayout(row);
  connect(apply_, &QPushButton::clicked, this, [this] { Q_EMIT applyWanted(wanted_); });
  connect(reset_, &QPushButton::clicked, this, &WhatIfPanel::reset);
  connect(copy_, &QPushButton::clicked, this,
          [this] { Q_EMIT copyWanted(settingsText(document_->quant, wanted_)); });
}

void WhatIfPanel::setExperiment(const Experiment& experiment) {
  const bool same =
      document_ && document_->network == experiment.network && document_->quant == experiment.quant;
  document_ = experiment;
  if (same) return;
  wanted_ = experiment.quant;
  valid_ = true;
  expects_preview_ = false;
  showHint({});
  showKnobs();
  showButtons();
}

void WhatIfPanel::setRun(const QString& name, const QuantSpec& quant) {
  if (run_ == name && run_quant_ == quant) return;
  run_ = name;
  run_quant_ = quant;
  showKnobs();
}

void WhatIfPanel::setLayer(const QString& layer) {
  layer_ = layer;
  showKnobs();
}

Experiment WhatIfPanel::wantedExperiment() const {
  Experiment experiment = *document_;
  experiment.quant = wanted_;
  return experiment;
}

void WhatIfPanel::move(Knob knob, std::optional<int> bits) {
  if (!document_) return;
  want(withBits(wantedExperiment(), layer_.toStdString(), knob, bits));
}

void WhatIfPanel::want(const QuantSpec& wanted) {
  wanted_ = wanted;
  const auto fault = faultOf(wantedExperiment());
  valid_ = !fault;
  showKnobs();
  showButtons();
  if (fault) {
    showError(*fault);
    return;
  }
  expects_preview_ = true;
  Q_EMIT whatIfChanged(wanted_);
}

void WhatIfPanel::reset() {
  if (!document_) return;
  wanted_ = document_->quant;
  valid_ = true;
  expects_preview_ = false;
  showHint({});
  showKnobs();
  showButtons();
  Q_EMIT whatIfChanged(wanted_);
}

void WhatIfPanel::showKnobs() {
  if (!document_) return;
  const KnobStates states = knobStates(wantedExperiment(), layer_.toStdString());
  for (std::size_t i = 0; i < knobs_.size(); ++i) knobs_[i]->show(states[i]);
  QString scope = layer_.isEmpty() ? tr("<b>What if</b> all hidden layers had")
                                   : tr("<b>What if</b> %1 had").arg(layer_.toHtmlEscaped());
  if (run_quant_ && *run_quant_ != document_->quant) {
    const QString run = run_.isEmpty() ? tr("the run above") : run_.toHtmlEscaped();
    scope += tr(" – beginning at the specification, which has other bits than %1").arg(run);
  }
  scope_->setText(scope);
}

void WhatIfPanel::showButtons() {
  const bool differs = document_ && wanted_ != document_->quant;
  QString reason;
  if (!document_) {
    reason = tr("There is no specification yet.");
  } else if (!differs) {
    reason = tr("Nothing differs from the specification: move P, M or N first.");
  } else if (!valid_) {
    reason = tr("These bits cannot be trained; see the error above.");
  }
  apply_->setEnabled(reason.isEmpty());
  copy_->setEnabled(reason.isEmpty());
  reset_->setEnabled(differs);
  apply_->setToolTip(reason.isEmpty() ? tr("Puts these bits into the specification; one undo step")
                                      : reason);
  copy_->setToolTip(reason.isEmpty() ? tr("Copies the options of the command line that set the "
                                          "same: %1")
                                           .arg(settingsText(document_->quant, wanted_))
                                     : reason);
  reset_->setToolTip(differs ? tr("Back to the bits of the specification") : reason);
  for (QPushButton* button : {apply_, reset_, copy_}) {
    button->setAccessibleDescription(button->toolTip());
  }
}

void WhatIfPanel::showHint(const QString& text) {
  hint_->setText(text.isEmpty() ? tr("Move P, M or N: what would change, layer by layer, is shown "
                                     "here before any training.")
                                : text);
  hint_->setAccessibleName(hint_->text());
  stack_->setCurrentWidget(hint_);
  score_->clear();
}

void WhatIfPanel::showPreview(const WhatIf& what_if) {
  if (!expects_preview_) return;
  table_->show(what_if);
  if (table_->rowCount() == 0) {
    showHint(tr("Nothing would change."));
    return;
  }
  stack_->setCurrentWidget(table_);
  showNote(basisText(what_if.basis));
}

void WhatIfPanel::showNote(const QString& text) {
  if (expects_preview_) score_->setText(text);
}

void WhatIfPanel::showScore(const ScoreChange& score) {
  if (!expects_preview_) return;
  const QString name = score.metric == Metric::kAccuracy ? tr("Accuracy") : tr("PSNR");
  const auto text = [&](double value) {
    return QString::fromStdString(scoreText(score.metric, value)).toHtmlEscaped();
  };
  const QString samples =
      score.metric == Metric::kAccuracy ? tr("cached test samples") : tr("cached test photographs");
  score_->setText(
      tr("%1 %2 → <b>%3</b> on %4 %5, without training [measured]")
          .arg(name, text(score.before), text(score.after), grouped(score.samples), samples));
  score_->setToolTip(
      tr("Both networks in integers on the same samples. Training for these bits "
         "usually brings back much of what is lost."));
}

void WhatIfPanel::showError(const Error& error) {
  const auto part = [](const char* word, const std::string& text) {
    return text.empty()
               ? QString()
               : QStringLiteral("<p style='margin:4px 0 0 0'>%1 %2</p>")
                     .arg(QString::fromUtf8(word), QString::fromStdString(text).toHtmlEscaped());
  };
  expects_preview_ = false;
  showHint(QStringLiteral("<b>⚠ %1</b>%2%3")
               .arg(QString::fromStdString(error.message).toHtmlEscaped(), part("", error.cause),
                    part("→", error.remedy)));
}

}  // namespace a2q::views
