// SPDX-License-Identifier: GPL-3.0-or-later
// Networks that enlarge photographs, through the trainer.
#include <gtest/gtest.h>

#include "core/data/psnr.h"
#include "tests/core/training/tiny_training.h"

namespace a2q::testing {
namespace {

TEST(SuperResolution, ScoresAreDecibelsAndTrainingRaisesThem) {
  const DataSet data = hills();
  Recorder recorder;
  const auto record = train(experimentOf(kSubPixelSpec), data, recorder);
  ASSERT_TRUE(record) << describe(record.error());
  EXPECT_EQ(record->state, RunState::kFinished) << record->state_cause;
  EXPECT_EQ(record->metric, Metric::kPsnr);
  ASSERT_EQ(record->epochs.size(), 6U);
  EXPECT_GT(record->epochs.back().test_score, record->epochs.front().test_score);
  EXPECT_GT(record->epochs.back().test_score, 15);
  EXPECT_TRUE(record->certificate.safe());
  EXPECT_EQ(recorder.steps.size(), 6U * 6 * 16 / 8) << "16 patches of each of 6 photographs";
}

TEST(SuperResolution, EveryPhotographIsScoredWhole) {
  const DataSet data = hills();
  const auto record = train(experimentOf(kSubPixelSpec), data);
  ASSERT_TRUE(record) << describe(record.error());
  EvalJob job{.experiment = record->experiment, .parameters = record->parameters, .data = data};
  const auto test = openTrainer().value()->evaluate(job, {});
  ASSERT_TRUE(test) << describe(test.error());
  EXPECT_EQ(test->photo_scores.size(), 2U);
  EXPECT_EQ(test->score, record->epochs.back().test_score);
  job.part = DataPart::kTrain;
  EXPECT_EQ(openTrainer().value()->evaluate(job, {})->photo_scores.size(), 6U);
}

}  // namespace
}  // namespace a2q::testing
