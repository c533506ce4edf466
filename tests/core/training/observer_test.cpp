// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include "tests/core/training/tiny_training.h"

namespace a2q::testing {
namespace {

class Observer : public ::testing::Test {
 protected:
  void SetUp() override {
    auto trained = train(tinyExperiment({{"training.epochs", "3"}}), digits(), recorder_);
    ASSERT_TRUE(trained) << describe(trained.error());
    record_ = std::move(*trained);
  }

  Recorder recorder_;
  RunRecord record_;
};

TEST_F(Observer, StepsComeInOrderAndOnceABatch) {
  constexpr std::int64_t kBatches = 10;  // 320 samples, 32 a batch
  ASSERT_EQ(recorder_.steps.size(), 3U * kBatches);
  double seconds = 0;
  for (std::size_t i = 0; i < recorder_.steps.size(); ++i) {
    const StepReport& step = recorder_.steps[i];
    EXPECT_EQ(step.epoch, static_cast<std::int64_t>(i) / kBatches + 1);
    EXPECT_EQ(step.batch, static_cast<std::int64_t>(i) % kBatches + 1);
    EXPECT_EQ(step.epochs, 3);
    EXPECT_EQ(step.batches, kBatches);
    EXPECT_GE(step.seconds, seconds);
    EXPECT_TRUE(step.score >= 0 && step.score <= 1);
    EXPECT_GT(step.loss, 0);
    seconds = step.seconds;
  }
  EXPECT_EQ(recorder_.steps.front().seconds_left, std::nullopt);
  EXPECT_GE(recorder_.steps.back().seconds_left.value(), 0);
}

TEST_F(Observer, LastStepOfAnEpochIsItsTrainingScore) {
  for (std::size_t epoch = 0; epoch < 3; ++epoch) {
    EXPECT_EQ(recorder_.steps[epoch * 10 + 9].loss, record_.epochs[epoch].train_loss);
    EXPECT_EQ(recorder_.steps[epoch * 10 + 9].score, record_.epochs[epoch].train_score);
  }
}

TEST_F(Observer, OneReportAnEpochEqualToTheRecord) {
  ASSERT_EQ(recorder_.epochs.size(), 3U);
  ASSERT_EQ(record_.epochs.size(), 3U);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(recorder_.epochs[i].epoch, static_cast<std::int64_t>(i) + 1);
    EXPECT_EQ(recorder_.epochs[i].test_loss, record_.epochs[i].test_loss);
    EXPECT_GT(recorder_.epochs[i].seconds, 0);
  }
  EXPECT_EQ(record_.epochs[0].learning_rate, 1e-2);
  EXPECT_LT(record_.epochs[2].learning_rate, record_.epochs[1].learning_rate);
}

TEST_F(Observer, SnapshotsNameEveryQuantizedLayerWithItsChannels) {
  ASSERT_GE(recorder_.snapshots.size(), 3U);
  for (const auto& layers : recorder_.snapshots) {
    ASSERT_EQ(layers.size(), record_.weights.size());
    for (std::size_t i = 0; i < layers.size(); ++i) {
      const IntegerWeights& weights = record_.weights[i];
      EXPECT_EQ(layers[i].layer, weights.layer);
      EXPECT_EQ(layers[i].channels.size(), static_cast<std::size_t>(weights.channels));
      EXPECT_EQ(layers[i].k, weights.k);
      EXPECT_EQ(layers[i].accumulator, weights.accumulator);
      EXPECT_EQ(layers[i].budget.has_value(), weights.rule.has_value());
      EXPECT_TRUE(layers[i].zeros >= 0 && layers[i].zeros <= weights.k * weights.channels);
    }
  }
}

// What training saw is what is certified: the same integers, counted by two different ways.
TEST_F(Observer, LastSnapshotEqualsTheCertificate) {
  const auto& layers = recorder_.snapshots.back();
  ASSERT_EQ(layers.size(), record_.certificate.layers.size());
  for (std::size_t i = 0; i < layers.size(); ++i) {
    const LayerBound& bound = record_.certificate.layers[i];
    ASSERT_EQ(layers[i].channels.size(), bound.channels.size());
    for (std::size_t c = 0; c < bound.channels.size(); ++c) {
      EXPECT_EQ(layers[i].channels[c], bound.channels[c].sums) << bound.layer << " " << c;
    }
    const auto& values = record_.weights[i].values;
    EXPECT_EQ(layers[i].zeros, std::count(values.begin(), values.end(), 0));
  }
  EXPECT_EQ(worstMarginBits(layers), record_.certificate.worstMarginBits());
  EXPECT_EQ(record_.epochs.back().worst_margin_bits, record_.certificate.worstMarginBits());
}

}  // namespace
}  // namespace a2q::testing
