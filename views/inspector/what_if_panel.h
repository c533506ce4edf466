// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>
#include <optional>
#include <vector>

#include "core/base/error.h"
#include "core/integer/what_if.h"
#include "core/network/experiment.h"
#include "core/training/run_record.h"
#include "views/inspector/bit_places.h"

class QLabel;
class QPushButton;
class QStackedWidget;

namespace a2q::views {

class KnobRow;
class PreviewTable;

/// A network's score on a subset before and after a change.
struct ScoreChange {
  Metric metric = Metric::kAccuracy;
  double before = 0;
  double after = 0;
  std::int64_t samples = 0;
};

/// Sliders for P, M and N of a layer or of the network, what they would do, and what to do with
/// that: apply, put back, copy as command.
class WhatIfPanel : public QWidget {
  Q_OBJECT

 public:
  explicit WhatIfPanel(QWidget* parent = nullptr);

  /// The document's present specification; keeps what is wanted while that stays the same.
  void setExperiment(const Experiment& experiment);
  [[nodiscard]] bool hasExperiment() const { return document_.has_value(); }
  /// Empty: the whole network.
  void setLayer(const QString& layer);
  /// Of the facts above: where its bits are not the specification's, the panel says so.
  void setRun(const QString& name, const QuantSpec& quant);

  void showPreview(const WhatIf& what_if);
  void showScore(const ScoreChange& score);
  /// Why there is no score, or that it is on its way.
  void showNote(const QString& text);
  void showError(const Error& error);

 Q_SIGNALS:
  void whatIfChanged(const a2q::QuantSpec& wanted);
  void applyWanted(const a2q::QuantSpec& wanted);
  /// "--set quant.accumulator_bits=12", for a command line.
  void copyWanted(const QString& settings);

 private:
  void createKnobs();
  void createPreview();
  void createButtons();
  void move(Knob knob, std::optional<int> bits);
  void want(const QuantSpec& wanted);
  void reset();
  void showKnobs();
  void showButtons();
  void showHint(const QString& text);
  [[nodiscard]] Experiment wantedExperiment() const;

  std::optional<Experiment> document_;
  QuantSpec wanted_;
  bool valid_ = true;
  bool expects_preview_ = false;
  QString layer_;
  QString run_;
  std::optional<QuantSpec> run_quant_;
  QLabel* scope_ = nullptr;
  std::vector<KnobRow*> knobs_;
  QStackedWidget* stack_ = nullptr;
  PreviewTable* table_ = nullptr;
  QLabel* hint_ = nullptr;
  QLabel* score_ = nullptr;
  QPushButton* apply_ = nullptr;
  QPushButton* reset_ = nullptr;
  QPushButton* copy_ = nullptr;
};

/// The settings as options of the command line: "--set quant.accumulator_bits=12 --set …".
[[nodiscard]] QString settingsText(const QuantSpec& from, const QuantSpec& to);

}  // namespace a2q::views
