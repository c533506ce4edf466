// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <vector>

#include "core/base/error.h"
#include "core/integer/layer_facts.h"
#include "core/network/experiment.h"
#include "views/common/run_story.h"
#include "views/inspector/what_if_panel.h"

class QPushButton;
class QSpinBox;
class QToolButton;

namespace a2q::views {

class FactList;
class Selection;

/// The right-hand pane: what is selected with all its numbers, and what other P, M and N would do.
class InspectorView : public QWidget, public RunPane {
  Q_OBJECT

 public:
  explicit InspectorView(Selection& selection, QWidget* parent = nullptr);

  void showRun(const StoryPointer& story) override;
  /// The document's present specification, which may differ from that of the run.
  void showExperiment(const Experiment& experiment);

  /// Answers to whatIfChanged(); one that comes after the question was withdrawn is ignored.
  void showPreview(const WhatIf& what_if) { panel_->showPreview(what_if); }
  void showScore(const ScoreChange& score) { panel_->showScore(score); }
  void showNote(const QString& text) { panel_->showNote(text); }
  void showError(const Error& error) { panel_->showError(error); }

  [[nodiscard]] const FactList& facts() const { return *facts_; }

 Q_SIGNALS:
  /// A person moves P, M or N; valid for planQuantization().
  void whatIfChanged(const a2q::QuantSpec& wanted);
  void applyWanted(const a2q::QuantSpec& wanted);
  void copyWanted(const QString& settings);
  void witnessWanted(const QString& layer, int channel);

 private:
  void createBreadcrumbs();
  void createWitness();
  void showSelection();
  void showCrumbs();
  void showFacts();
  /// Of the selected layer; null: none is selected, or it has no weights.
  [[nodiscard]] const LayerFacts* selectedFacts() const;
  /// The selected channel, or the worst one of the layer; −1: there is none.
  [[nodiscard]] int witnessChannel() const;

  Selection& selection_;
  StoryPointer story_;
  std::vector<LayerFacts> layers_;
  QWidget* content_ = nullptr;
  QToolButton* network_ = nullptr;
  QToolButton* layer_ = nullptr;
  QSpinBox* channel_ = nullptr;
  FactList* facts_ = nullptr;
  QPushButton* witness_ = nullptr;
  WhatIfPanel* panel_ = nullptr;
};

}  // namespace a2q::views
