// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "app/workbench/run/short_lane.h"
#include "app/workbench/what_if/what_if_desk.h"
#include "core/network/experiment.h"
#include "views/common/run_story.h"

namespace a2q::views {
class InspectorView;
}

namespace a2q::workbench {

using ObservedPointer = std::shared_ptr<const std::vector<views::ObservedLayer>>;

/// Answers the inspector's questions about other bits on a short lane: bounds first, then a score
/// on a few test samples. Measures what accumulators reach on data.
class WhatIfController : public QObject {
  Q_OBJECT

 public:
  /// `trainer_turn`: every training holds it from its beginning to its end.
  WhatIfController(views::InspectorView& inspector, TrainerTurn trainer_turn,
                   QObject* parent = nullptr);

  /// The run that is shown; cheap when it is the same or one that still trains.
  void setStory(const views::StoryPointer& story);
  /// The document's present specification, whose bits are changed.
  void setExperiment(const Experiment& document);
  /// Runs test samples of the run that is shown; observed() or measureFailed() follows, unless
  /// another run is shown before.
  void measure();
  /// Some question is open.
  [[nodiscard]] bool busy() const { return lane_.busy() || measure_wanted_; }

 Q_SIGNALS:
  void observed(const a2q::workbench::ObservedPointer& layers, qint64 samples);
  void measureFailed(const a2q::Error& error);

 private:
  using Then = ShortLane::Then;

  void ask(const QuantSpec& wanted);
  void askForNorms(const QString& note);
  void askForScore(std::shared_ptr<const TrainedNetwork> network);
  void request(std::function<Then(const std::stop_token&)> work);
  void tick();
  void startMeasuring();
  [[nodiscard]] Then boundsOf(const std::shared_ptr<const RunRecord>& record,
                              const Experiment& after);
  [[nodiscard]] Then scoreOf(const TrainedNetwork& network, const std::stop_token& stop);
  [[nodiscard]] Then observationOf(const std::shared_ptr<const RunRecord>& record,
                                   const std::stop_token& stop);
  /// The run has integers to carry over.
  [[nodiscard]] bool hasWeights() const;

  views::InspectorView& inspector_;
  views::StoryPointer story_;
  std::optional<Experiment> document_;
  std::optional<QuantSpec> wanted_;
  bool measure_wanted_ = false;
  bool measuring_ = false;
  QTimer timer_;
  WhatIfDesk desk_;  ///< of the lane's thread
  ShortLane lane_;   ///< last: its thread uses the desk
};

}  // namespace a2q::workbench
