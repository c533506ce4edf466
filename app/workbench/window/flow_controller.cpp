// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/window/flow_controller.h"

#include "app/workbench/hardware/hardware_controller.h"
#include "app/workbench/project/document.h"
#include "app/workbench/run/run_feed.h"
#include "core/data/data_folders.h"
#include "core/data/data_set.h"
#include "views/flow/flow_view.h"

namespace a2q::workbench {
namespace {

constexpr const char* kMadeHere = "digits";

/// Why the files of a set cannot be had; none: they are there.
std::optional<Error> whatIsMissing(const DataSpec& spec) {
  if (spec.set == kMadeHere) return std::nullopt;
  const auto folders = dataFolders(spec);
  if (findDataSet(spec.set, folders)) return std::nullopt;
  return missingData(spec.set, "no files of the set", folders).value();
}

}  // namespace

FlowController::FlowController(Document& document, RunController& controller, RunFeed& feed,
                               HardwareController& hardware, views::FlowView& view, QObject* parent)
    : QObject(parent),
      document_(document),
      controller_(controller),
      feed_(feed),
      hardware_(hardware),
      view_(view) {
  connect(&document_, &Document::experimentChanged, this, &FlowController::update);
  connect(&controller_, &RunController::phaseChanged, this, &FlowController::update);
  connect(&feed_, &RunFeed::shownChanged, this, &FlowController::update);
  connect(&hardware_, &HardwareController::changed, this, &FlowController::update);
  connect(&feed_, &RunFeed::ticked, this, [this] { lane_.poll(); });
}

void FlowController::update() {
  probeData();
  view_.showSteps(flowSteps(inputs()));
}

void FlowController::probeData() {
  const DataSpec& spec = document_.experiment().data;
  if (data_ != DataState::kUnknown && probed_ == spec) return;
  probed_ = spec;
  data_ = DataState::kLoading;
  data_reason_.clear();
  lane_.request([this, spec](const std::stop_token&) -> ShortLane::Then {
    const auto missing = whatIsMissing(spec);
    const QString reason =
        missing ? QString::fromStdString(missing->message + ". " + missing->remedy) : QString();
    return [this, spec, reason] {
      takeData(spec, reason.isEmpty() ? DataState::kThere : DataState::kMissing, reason);
    };
  });
  feed_.wake();
}

void FlowController::takeData(const DataSpec& asked, DataState state, const QString& reason) {
  if (!(asked == probed_)) return;
  data_ = state;
  data_reason_ = reason;
  update();
}

FlowInputs FlowController::inputs() const {
  FlowInputs in;
  in.experiment = document_.experiment();
  in.phase = controller_.phase();
  in.data = data_;
  in.data_reason = data_reason_;
  in.hardware = hardware_.documentStory();
  const views::StoryPointer& shown = feed_.shown();
  const bool ran = shown && (shown->record || feed_.showsLive());
  if (ran) {
    in.trained = shown->experiment;
    in.record = shown->record;
  }
  const auto telemetry = controller_.telemetry();
  if (!telemetry) return in;
  in.train_samples = telemetry->train_samples;
  in.test_samples = telemetry->test_samples;
  const auto newest = telemetry->steps.newest();
  if (newest && controller_.trains()) {
    in.epoch = newest->epoch;
    in.epochs = newest->epochs;
  }
  return in;
}

}  // namespace a2q::workbench
