// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>
#include <memory>

#include "app/workbench/run/long_lane.h"
#include "app/workbench/run/telemetry.h"
#include "views/resources/hardware_story.h"
#include "views/resources/synthesis_box.h"

namespace a2q::views {
class ResourcesView;
}

namespace a2q::workbench {

class HardwareController;
class JobList;

/// Synthesises the design that is shown, block by block, on a lane of its own: estimates and
/// trainings go on beside it. Every block that is done is handed to the HardwareController.
class SynthesisController : public QObject {
  Q_OBJECT

 public:
  SynthesisController(HardwareController& hardware, views::ResourcesView& view, JobList& jobs,
                      QObject* parent);

  /// Ignored where whyNot() has a reason.
  void start();
  /// Ends what the tool does now; what is done stays.
  void stop();

  [[nodiscard]] bool busy() const { return work_ != nullptr; }
  /// Why none can begin, and what to do; empty: one can.
  [[nodiscard]] const QString& whyNot() const { return why_not_; }

 Q_SIGNALS:
  /// busy() or whyNot() is another one.
  void changed();
  void failed(const a2q::Error& error);

 private:
  /// What the lane tells.
  struct Work {
    AppendStore<BlockSynthesis> blocks;
    Mailbox<Result<bool>> end;  ///< whether all is done; after the last block
  };

  void pull();
  void learnNew();
  void conclude(const Result<bool>& end);
  [[nodiscard]] QString outcome() const;
  [[nodiscard]] QString reason() const;
  void update();

  HardwareController& hardware_;
  views::ResourcesView& view_;
  JobList& jobs_;
  views::HardwarePointer story_;  ///< what is synthesised
  std::shared_ptr<Work> work_;    ///< null while nothing is
  views::SynthesisState state_;
  QString why_not_;
  int job_ = 0;
  QTimer timer_;
  LongLane lane_;  ///< last: its thread may still run while the others go
};

}  // namespace a2q::workbench
