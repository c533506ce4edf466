// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/window/status_strip.h"

#include <QLabel>
#include <QProgressBar>
#include <QStatusBar>
#include <chrono>

#include "views/common/number_text.h"

namespace a2q::workbench {
namespace {

QString phaseText(RunPhase phase) {
  switch (phase) {
    case RunPhase::kIdle: return {};
    case RunPhase::kLoading: return StatusStrip::tr("Loading data…");
    case RunPhase::kTraining: return StatusStrip::tr("Training");
    case RunPhase::kPaused: return StatusStrip::tr("Paused");
    case RunPhase::kStopping: return StatusStrip::tr("Stopping after this batch…");
    case RunPhase::kSaving: return StatusStrip::tr("Working with files…");
    case RunPhase::kChecking: return StatusStrip::tr("Checking…");
  }
  return {};
}

/// "4–6 min left": both ends in the unit of the larger one.
QString leftText(const std::optional<EtaRange>& range) {
  if (!range) return StatusStrip::tr("time left –");
  constexpr double kMinute = 60;
  constexpr double kHour = 3600;
  const bool seconds = range->most < 2 * kMinute;
  const bool hours = range->most >= 2 * kHour;
  const double unit = seconds ? 1 : hours ? kHour : kMinute;
  const int digits = hours ? 1 : 0;
  const QString least = QString::number(range->least / unit, 'f', digits);
  const QString most = QString::number(range->most / unit, 'f', digits);
  const QString name = seconds ? StatusStrip::tr("s")
                       : hours ? StatusStrip::tr("h")
                               : StatusStrip::tr("min");
  if (least == most) return StatusStrip::tr("%1 %2 left").arg(most, name);
  return StatusStrip::tr("%1–%2 %3 left").arg(least, most, name);
}

}  // namespace

StatusStrip::StatusStrip(QStatusBar& bar, QObject* parent)
    : QObject(parent),
      state_(new QLabel),
      progress_(new QProgressBar),
      epoch_(new QLabel),
      left_(new QLabel),
      load_(new QLabel),
      margin_(new QLabel),
      sparsity_(new QLabel),
      autosave_(new QLabel) {
  constexpr int kProgressWidth = 140;
  constexpr int kGap = 6;
  state_->setObjectName(QStringLiteral("state"));
  state_->setTextFormat(Qt::PlainText);
  state_->setAccessibleName(tr("State"));
  progress_->setFixedWidth(kProgressWidth);
  progress_->setTextVisible(false);
  progress_->setAccessibleName(tr("Progress of the training"));
  epoch_->setAccessibleName(tr("Epoch"));
  left_->setAccessibleName(tr("Time left"));
  left_->setToolTip(
      tr("From the paces of the last steps, over short and longer stretches [estimate]"));
  load_->setAccessibleName(tr("Load"));
  load_->setToolTip(tr("Processors this program keeps busy, and its resident memory [measured]"));
  margin_->setAccessibleName(tr("Worst margin"));
  sparsity_->setAccessibleName(tr("Sparsity"));
  autosave_->setObjectName(QStringLiteral("autosaved"));
  autosave_->setAccessibleName(tr("Autosave"));
  margin_->setToolTip(
      tr("Least margin of a layer with a target P: log2(limit / reached) over the exact range "
         "that its integer weights can reach [exact]"));
  sparsity_->setToolTip(tr("Share of all integer weights that are zero [exact]"));
  bar.addWidget(state_);
  for (QWidget* widget :
       {static_cast<QWidget*>(progress_), static_cast<QWidget*>(epoch_),
        static_cast<QWidget*>(left_), static_cast<QWidget*>(load_), static_cast<QWidget*>(margin_),
        static_cast<QWidget*>(sparsity_), static_cast<QWidget*>(autosave_)}) {
    widget->setContentsMargins(kGap, 0, kGap, 0);
    bar.addPermanentWidget(widget);
  }
  load_timer_.setInterval(std::chrono::seconds(1));
  connect(&load_timer_, &QTimer::timeout, this, &StatusStrip::showLoad);
  load_timer_.start();
  clear();
}

void StatusStrip::showLoad() {
  constexpr double kMega = 1e6;
  const auto load = meter_.look();
  load_->setVisible(load.has_value());
  if (!load) return;
  load_->setText(
      tr("%1 CPU, %2 MB").arg(load->processors, 0, 'f', 1).arg(load->memory / kMega, 0, 'f', 0));
}

void StatusStrip::setIdleText(const QString& text) {
  idle_text_ = text;
  state_->setText(text);
}

void StatusStrip::showPhase(RunPhase phase) {
  const bool running = phase == RunPhase::kLoading || phase == RunPhase::kTraining ||
                       phase == RunPhase::kPaused || phase == RunPhase::kStopping;
  // A pause is no pace.
  if (phase == RunPhase::kPaused) eta_.restart();
  progress_->setVisible(running);
  left_->setVisible(running);
  state_->setText(phase == RunPhase::kIdle ? idle_text_ : phaseText(phase));
}

void StatusStrip::showStep(const StepReport& report, std::int64_t later) {
  const std::int64_t done = (report.epoch - 1) * report.batches + report.batch;
  constexpr double kParts = 1000;
  progress_->setValue(static_cast<int>(kParts * static_cast<double>(done) /
                                       static_cast<double>(report.epochs * report.batches)));
  epoch_->setText(tr("Epoch %1 of %2, batch %3 of %4")
                      .arg(report.epoch)
                      .arg(report.epochs)
                      .arg(report.batch)
                      .arg(report.batches));
  eta_.add(report, later);
  left_->setText(leftText(eta_.range()));
  showMeasures(report.worst_margin_bits, report.sparsity);
}

void StatusStrip::showRecord(const RunRecord& record) {
  std::optional<double> sparsity;
  if (!record.weights.empty()) {
    double zeros = 0;
    double total = 0;
    for (std::size_t i = 0; i < record.certificate.layers.size(); ++i) {
      const auto count = static_cast<double>(record.weights[i].values.size());
      zeros += record.certificate.layers[i].sparsity * count;
      total += count;
    }
    if (total > 0) sparsity = zeros / total;
  }
  showMeasures(record.certificate.worstMarginBits(), sparsity);
}

void StatusStrip::showMeasures(const std::optional<double>& margin,
                               const std::optional<double>& sparsity) {
  margin_->setText(tr("worst margin %1").arg(views::bitsText(margin)));
  sparsity_->setText(tr("sparsity %1").arg(views::percentText(sparsity)));
}

void StatusStrip::clear() {
  constexpr int kParts = 1000;
  progress_->setRange(0, kParts);
  progress_->setValue(0);
  epoch_->clear();
  eta_.restart();
  left_->setText(leftText(std::nullopt));
  showMeasures(std::nullopt, std::nullopt);
}

}  // namespace a2q::workbench
