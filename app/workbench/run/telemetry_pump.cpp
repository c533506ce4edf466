// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/run/telemetry_pump.h"

#include <chrono>
#include <optional>
#include <tuple>
#include <utility>

#include "app/workbench/window/status_strip.h"
#include "views/common/number_text.h"
#include "views/l1_budget/l1_budget_view.h"
#include "views/log/log_view.h"
#include "views/training_curves/training_curves_view.h"

namespace a2q::workbench {

TelemetryPump::TelemetryPump(RunController& controller, const PumpTargets& targets, QObject* parent)
    : QObject(parent), controller_(controller), targets_(targets) {
  constexpr std::chrono::milliseconds kTick(33);
  timer_.setInterval(kTick);
  connect(&timer_, &QTimer::timeout, this, &TelemetryPump::tick);
  connect(&controller_, &RunController::phaseChanged, this, [this] {
    if (controller_.busy()) timer_.start();
  });
}

void TelemetryPump::restart(std::shared_ptr<Telemetry> telemetry) {
  telemetry_ = std::move(telemetry);
  steps_shown_ = epochs_shown_ = epochs_logged_ = notes_logged_ = steps_in_status_ = 0;
  targets_.curves->clear();
  targets_.status->clear();
}

void TelemetryPump::showLayers(std::vector<LayerSnapshot> layers) {
  if (telemetry_) std::ignore = telemetry_->snapshot.take();
  layers_ = std::move(layers);
  layers_are_new_ = true;
  pullBudget();
}

void TelemetryPump::tick() {
  // Drawing costs the processors that train: ten pictures a second are as many as snapshots come.
  constexpr int kTicksPerPicture = 3;
  if (++ticks_ % kTicksPerPicture == 0) pull();
  controller_.poll();
  if (!controller_.busy()) {
    timer_.stop();
    pull();
  }
}

void TelemetryPump::pull() {
  pullBudget();
  if (!telemetry_) return;
  pullCurves();
  pullStatus();
  pullLog();
}

void TelemetryPump::pullBudget() {
  if (auto newest = telemetry_ ? telemetry_->snapshot.take() : std::nullopt) {
    layers_ = std::move(*newest);
    layers_are_new_ = true;
  }
  if (!layers_are_new_ || !targets_.budget->isVisible()) return;
  layers_are_new_ = false;
  targets_.budget->showLayers(layers_);
}

void TelemetryPump::pullCurves() {
  if (!targets_.curves->isVisible()) return;
  const auto epochs = telemetry_->epochs.readFrom(epochs_shown_);
  const auto steps = telemetry_->steps.readFrom(steps_shown_);
  steps_shown_ += steps.size();
  epochs_shown_ += epochs.size();
  targets_.curves->addSteps(steps);
  targets_.curves->addEpochs(epochs);
}

void TelemetryPump::pullStatus() {
  const auto& steps = telemetry_->steps;
  const std::size_t count = steps.size();
  if (count == steps_in_status_) return;
  steps_in_status_ = count;
  targets_.status->showStep(steps.readFrom(count - 1).front());
}

void TelemetryPump::pullLog() {
  for (const std::string& note : telemetry_->notes.readFrom(notes_logged_)) {
    targets_.log->addLine(QString::fromStdString(note));
    ++notes_logged_;
  }
  for (const EpochRecord& epoch : telemetry_->epochs.readFrom(epochs_logged_)) {
    targets_.log->addLine(
        tr("Epoch %1: loss %2, test %3, worst margin %4, sparsity %5, %6")
            .arg(epoch.epoch)
            .arg(epoch.train_loss, 0, 'f', 4)
            .arg(QString::fromStdString(scoreText(epoch.metric, epoch.test_score)),
                 views::bitsText(epoch.worst_margin_bits), views::percentText(epoch.sparsity),
                 views::durationText(epoch.seconds)));
    ++epochs_logged_;
  }
}

}  // namespace a2q::workbench
