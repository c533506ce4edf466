// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include "app/workbench/run/short_lane.h"
#include "app/workbench/window/flow_state.h"

namespace a2q::views {
class FlowView;
}

namespace a2q::workbench {

class Document;
class HardwareController;
class RunFeed;

/// Keeps the checklist up to date, and looks whether the data of the specification are there.
class FlowController : public QObject {
  Q_OBJECT

 public:
  FlowController(Document& document, RunController& controller, RunFeed& feed,
                 HardwareController& hardware, views::FlowView& view, QObject* parent);

  void update();

 private:
  void probeData();
  void takeData(const DataSpec& asked, DataState state, const QString& reason);
  [[nodiscard]] FlowInputs inputs() const;

  Document& document_;
  RunController& controller_;
  RunFeed& feed_;
  HardwareController& hardware_;
  views::FlowView& view_;
  DataSpec probed_;  ///< what data_ is about
  DataState data_ = DataState::kUnknown;
  QString data_reason_;
  ShortLane lane_;
};

}  // namespace a2q::workbench
