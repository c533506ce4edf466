// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include "app/workbench/run/short_lane.h"
#include "app/workbench/what_if/what_if_controller.h"
#include "app/workbench/window/pane_set.h"
#include "core/bounds/accumulator_bounds.h"

namespace a2q::workbench {

class Document;
class RunController;
class RunFeed;

/// What a person asks about a layer: what other bits would do, the worst input of a channel, and
/// what accumulators reach on data.
class LayerController : public QObject {
  Q_OBJECT

 public:
  LayerController(Document& document, RunController& controller, RunFeed& feed,
                  const PaneSet& panes, QObject* parent);

 Q_SIGNALS:
  void failed(const a2q::Error& error);
  /// A line to be copied, as a person asked for it.
  void copyWanted(const QString& settings);
  void witnessShown();

 private:
  void connectInspector();
  void connectAccumulator();
  void askWitness(const QString& layer, int channel, std::optional<WitnessSide> side);
  void apply(const QuantSpec& wanted);
  void showObserved(const ObservedPointer& layers, qint64 samples);

  Document& document_;
  RunFeed& feed_;
  PaneSet panes_;
  WhatIfController what_if_;
  ShortLane witness_lane_;
};

}  // namespace a2q::workbench
