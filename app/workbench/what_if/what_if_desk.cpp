// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/what_if/what_if_desk.h"

#include <algorithm>
#include <chrono>
#include <tuple>
#include <utility>

#include "core/integer/what_if_score.h"

namespace a2q::workbench {
namespace {

using std::chrono::milliseconds;

constexpr std::int64_t kSamples = 500;
constexpr milliseconds kFirstScore{500};
constexpr milliseconds kScore{800};
constexpr milliseconds kNoHurry{10'000};

}  // namespace

WhatIfDesk::WhatIfDesk(TrainerTurn trainer_turn) : trainer_turn_(std::move(trainer_turn)) {}

Result<bool> WhatIfDesk::open(const std::shared_ptr<const RunRecord>& record) {
  if (record == record_ && trained_) return true;
  const std::unique_lock turn(*trainer_turn_, std::try_to_lock);
  if (!turn) return false;
  auto trainer = openTrainer();
  if (!trainer) return forward(std::move(trainer));
  auto trained = (*trainer)->integers(record->experiment, record->parameters);
  if (!trained) return forward(std::move(trained));
  record_ = record;
  trained_ = std::move(*trained);
  before_ = trainedFacts(*trained_);
  score_before_.reset();
  return true;
}

Result<Projection> WhatIfDesk::bounds(const Experiment& after) const {
  return previewBounds(*trained_, before_, after);
}

Status WhatIfDesk::loadSamples() {
  const Experiment& experiment = record_->experiment;
  const std::uint64_t seed = experiment.training.seed;
  if (samples_ && samples_of_ == experiment.data && samples_seed_ == seed) return {};
  // The training part is not looked at, and the test part not to its end.
  DataSpec wanted = experiment.data;
  wanted.train_samples = 1;
  wanted.test_samples =
      wanted.test_samples == 0 ? kSamples : std::min(wanted.test_samples, kSamples);
  auto data = loadDataSet(wanted, seed);
  if (!data) return forward(std::move(data));
  samples_ = firstTestSamples(*data, kSamples);
  samples_of_ = experiment.data;
  samples_seed_ = seed;
  return {};
}

Result<EvalResult> WhatIfDesk::scoreBefore(std::int64_t samples, const std::stop_token& stop) {
  const bool known = score_before_ && (samples == 0 || samples == score_before_->samples);
  if (known) return *score_before_;
  const milliseconds time = samples == 0 ? kFirstScore : kNoHurry;
  auto score = previewScore(*trained_, *samples_, {time, samples, 0}, stop);
  if (score && samples == 0 && !stop.stop_requested()) score_before_ = *score;
  return score;
}

Result<std::optional<ScorePair>> WhatIfDesk::score(const TrainedNetwork& after,
                                                   const std::stop_token& stop) {
  if (auto loaded = loadSamples(); !loaded) return forward(std::move(loaded));
  auto before = scoreBefore(0, stop);
  if (!before) return forward(std::move(before));
  auto changed = previewScore(after, *samples_, {kScore, before->samples, 0}, stop);
  if (!changed) return forward(std::move(changed));
  // Slower than the run itself, say because of wider codes: compare what both have seen.
  if (changed->samples != before->samples) before = scoreBefore(changed->samples, stop);
  if (!before) return forward(std::move(before));
  if (stop.stop_requested() || changed->samples == 0) return std::optional<ScorePair>();
  return std::optional(ScorePair{*before, *changed});
}

Result<Observation> WhatIfDesk::observe(const std::stop_token& stop) {
  if (auto loaded = loadSamples(); !loaded) return forward(std::move(loaded));
  return observeAccumulators(*trained_, *samples_, DataPart::kTest, {}, stop);
}

void WhatIfDesk::prepare(const std::stop_token& stop) {
  // What fails here is asked for again, and said, with the question that needs it.
  if (loadSamples() && !stop.stop_requested()) std::ignore = scoreBefore(0, stop);
}

}  // namespace a2q::workbench
