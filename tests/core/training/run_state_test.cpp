// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <thread>

#include "tests/core/training/tiny_training.h"

namespace a2q::testing {
namespace {

using std::chrono::milliseconds;

/// Waits at most a minute; false when the condition did not come true.
template <class Condition>
bool eventually(Condition condition) {
  for (int i = 0; i < 6000; ++i) {
    if (condition()) return true;
    std::this_thread::sleep_for(milliseconds(10));
  }
  return false;
}

void expectWeights(const RunRecord& record) {
  EXPECT_EQ(record.weights.size(), 4U);
  EXPECT_EQ(record.certificate.layers.size(), 4U);
  EXPECT_FALSE(record.parameters.empty());
  EXPECT_TRUE(parametersFinite(record));
}

TEST(StoppedTraining, KeepsWholeEpochsAndTheWeights) {
  std::stop_source source;
  Recorder recorder;
  recorder.at_step = [&](const StepReport& report) {
    if (report.epoch == 3 && report.batch == 4) source.request_stop();
  };
  const auto record = train(tinyExperiment({{"training.epochs", "100"}}), digits(), recorder,
                            {source.get_token(), nullptr});
  ASSERT_TRUE(record) << describe(record.error());
  EXPECT_EQ(record->state, RunState::kStopped);
  EXPECT_EQ(record->state_cause, "stopped on request");
  EXPECT_EQ(record->epochs.size(), 2U);
  EXPECT_EQ(recorder.steps.back().batch, 4) << "a stop acts at the next batch";
  EXPECT_TRUE(record->certificate.safe());
  expectWeights(*record);
}

TEST(StoppedTraining, BeforeTheFirstBatchGivesTheInitialNetwork) {
  std::stop_source source;
  source.request_stop();
  Recorder recorder;
  const auto record =
      train(tinyExperiment(), digits(64, 20), recorder, {source.get_token(), nullptr});
  ASSERT_TRUE(record) << describe(record.error());
  EXPECT_EQ(record->state, RunState::kStopped);
  EXPECT_TRUE(record->epochs.empty());
  EXPECT_TRUE(recorder.steps.empty());
  EXPECT_TRUE(record->certificate.safe());
  expectWeights(*record);
}

TEST(StoppedTraining, AtTheLastBatchOfAnEpochSkipsItsTest) {
  std::stop_source source;
  Recorder recorder;
  recorder.at_step = [&](const StepReport& report) {
    if (report.batch == report.batches) source.request_stop();
  };
  const auto record = train(tinyExperiment(), digits(), recorder, {source.get_token(), nullptr});
  ASSERT_TRUE(record) << describe(record.error());
  EXPECT_EQ(record->state, RunState::kStopped);
  EXPECT_TRUE(record->epochs.empty());
}

/// Trains on a thread of its own, as the workbench does.
class PausedTraining : public ::testing::Test {
 protected:
  void SetUp() override {
    recorder_.at_step = [this](const StepReport&) {
      if (++steps_ == kPauseAt) gate_.pause();
    };
    worker_ = std::jthread([this] {
      record_ = train(tinyExperiment({{"training.epochs", "3"}}), digits(), recorder_,
                      {source_.get_token(), &gate_});
      done_ = true;
    });
    ASSERT_TRUE(eventually([this] { return steps_ >= kPauseAt; }));
    std::this_thread::sleep_for(milliseconds(200));
    ASSERT_EQ(steps_, kPauseAt) << "a pause holds the next batch";
    ASSERT_FALSE(done_);
  }

  void TearDown() override {
    source_.request_stop();
    gate_.resume();
  }

  static constexpr int kPauseAt = 5;
  PauseGate gate_;
  std::stop_source source_;
  Recorder recorder_;
  std::atomic<int> steps_ = 0;
  std::atomic<bool> done_ = false;
  Result<RunRecord> record_;
  std::jthread worker_;
};

TEST_F(PausedTraining, ResumeGoesOnToTheEnd) {
  gate_.resume();
  ASSERT_TRUE(eventually([this] { return done_.load(); }));
  worker_.join();
  ASSERT_TRUE(record_);
  EXPECT_EQ(record_->state, RunState::kFinished);
  EXPECT_EQ(record_->epochs.size(), 3U);
  EXPECT_EQ(steps_, 30);
}

TEST_F(PausedTraining, StopEndsAPause) {
  source_.request_stop();
  ASSERT_TRUE(eventually([this] { return done_.load(); }));
  worker_.join();
  ASSERT_TRUE(record_);
  EXPECT_EQ(record_->state, RunState::kStopped);
  EXPECT_EQ(steps_, kPauseAt);
  expectWeights(*record_);
}

class DivergedTraining : public ::testing::TestWithParam<std::pair<const char*, const char*>> {};

TEST_P(DivergedTraining, IsARecordWithItsCause) {
  const auto record = train(tinyExperiment({{"quant.method", GetParam().first},
                                            {"training.optimizer", GetParam().second},
                                            {"training.learning_rate", "1e30"}}),
                            digits());
  ASSERT_TRUE(record) << describe(record.error());
  EXPECT_EQ(record->state, RunState::kDiverged);
  EXPECT_NE(record->state_cause.find("not finite"), std::string::npos) << record->state_cause;
  EXPECT_TRUE(record->epochs.empty());
  EXPECT_FALSE(record->parameters.empty());
}

INSTANTIATE_TEST_SUITE_P(All, DivergedTraining,
                         ::testing::Values(std::pair("float", "adam"), std::pair("float", "sgd"),
                                           std::pair("qat", "adam"), std::pair("qat", "sgd"),
                                           std::pair("a2q", "adam"), std::pair("a2q", "sgd"),
                                           std::pair("a2q+", "adam"), std::pair("a2q+", "sgd")));

TEST(DivergedRecord, WeightsThatAreNoNumbersAreNotCertified) {
  const auto record = train(tinyExperiment({{"training.learning_rate", "1e30"}}), digits());
  ASSERT_TRUE(record) << describe(record.error());
  ASSERT_FALSE(parametersFinite(*record));
  EXPECT_TRUE(record->weights.empty());
  EXPECT_TRUE(record->certificate.layers.empty());
}

}  // namespace
}  // namespace a2q::testing
