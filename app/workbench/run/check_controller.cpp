// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/run/check_controller.h"

#include <algorithm>
#include <utility>

#include "app/workbench/run/job_list.h"
#include "app/workbench/run/run_feed.h"
#include "core/data/data_set.h"
#include "core/data/sample_codes.h"
#include "core/training/trainer.h"
#include "views/checks/checks_view.h"

namespace a2q::workbench {
namespace {

using News = Mailbox<std::vector<CheckResult>>;

/// All checks of a run, on the lane; `news` is told after every step.
Result<std::vector<CheckResult>> check(const RunRecord& record, const std::stop_token& stop,
                                       News& news) {
  // A trained network is the same whatever part of the data it was shown; the test part suffices.
  constexpr std::int64_t kSamples = 500;
  auto trainer = openTrainer();
  if (!trainer) return forward(std::move(trainer));
  auto data = loadDataSet(record.experiment.data, record.experiment.training.seed);
  if (!data) return forward(std::move(data));
  const std::int64_t samples = std::min(kSamples, sampleCount(*data, DataPart::kTest));
  std::vector<CheckResult> standing = checksNotRun();
  const CheckReport report = [&](const CheckResult& result) {
    for (CheckResult& each : standing) {
      if (each.kind == result.kind) each = result;
    }
    news.put(standing);
  };
  const VerifyJob job{record.experiment, record.parameters, *data, DataPart::kTest, samples};
  return runChecks(**trainer, job, fastEngine(0), RunControl{stop, nullptr}, report);
}

JobState endOf(const std::vector<CheckResult>& results) {
  const auto any = [&](CheckState state) {
    return std::ranges::any_of(results, [&](const auto& each) { return each.state == state; });
  };
  if (any(CheckState::kFailed)) return JobState::kFailed;
  return any(CheckState::kNotRun) ? JobState::kCancelled : JobState::kDone;
}

}  // namespace

CheckController::CheckController(RunController& controller, RunFeed& feed, views::ChecksView& view,
                                 JobList& jobs, QObject* parent)
    : QObject(parent),
      controller_(controller),
      feed_(feed),
      view_(view),
      jobs_(jobs),
      results_(checksNotRun()) {
  connect(&view_, &views::ChecksView::runWanted, this, &CheckController::run);
  connect(&feed_, &RunFeed::shownChanged, this, &CheckController::shownChanged);
  connect(&feed_, &RunFeed::ticked, this, &CheckController::pull);
  show();
}

void CheckController::run() {
  const views::StoryPointer& shown = feed_.shown();
  if (controller_.busy() || !shown || !shown->record) return;
  judged_ = shown->record;
  news_ = std::make_shared<News>();
  job_ = jobs_.begin(tr("Checking %1").arg(QString::fromStdString(shown->name)),
                     [this] { controller_.stop(); });
  controller_.check([this, record = judged_, news = news_](const std::stop_token& stop) {
    auto results = check(*record, stop, *news);
    return RunController::Then([this, record, results = std::move(results)]() mutable {
      if (results) return conclude(record, {}, std::move(*results));
      conclude(record, tl::make_unexpected(results.error()), checksNotRun());
    });
  });
}

void CheckController::conclude(const RecordPointer& record, Status end,
                               std::vector<CheckResult> results) {
  news_.reset();
  if (!end) {
    jobs_.end(job_, JobState::kFailed, QString::fromStdString(end.error().message));
    for (CheckResult& each : results) each.text = describe(end.error());
  } else {
    jobs_.end(job_, endOf(results), {});
  }
  if (record != judged_) return;
  results_ = std::move(results);
  show();
}

void CheckController::pull() {
  if (!news_) return;
  auto news = news_->take();
  if (!news || controller_.phase() != RunPhase::kChecking) return;
  results_ = std::move(*news);
  show();
}

void CheckController::shownChanged() {
  const RecordPointer record = feed_.shown() ? feed_.shown()->record : nullptr;
  if (record == judged_) return;
  judged_ = record;
  results_ = checksNotRun();
  if (record) results_.front() = certificateCheck(record->certificate);
  show();
}

void CheckController::show() {
  view_.showChecks(results_);
  Q_EMIT changed();
}

}  // namespace a2q::workbench
