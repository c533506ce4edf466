// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include "tests/core/training/tiny_training.h"

namespace a2q::testing {
namespace {

void expectEqual(const RunRecord& a, const RunRecord& b) {
  ASSERT_EQ(a.parameters.size(), b.parameters.size());
  for (std::size_t i = 0; i < a.parameters.size(); ++i) {
    EXPECT_EQ(a.parameters[i].name, b.parameters[i].name);
    EXPECT_EQ(a.parameters[i].shape, b.parameters[i].shape);
    EXPECT_EQ(a.parameters[i].bytes, b.parameters[i].bytes) << a.parameters[i].name;
  }
  ASSERT_EQ(a.weights.size(), b.weights.size());
  for (std::size_t i = 0; i < a.weights.size(); ++i) {
    EXPECT_EQ(a.weights[i].values, b.weights[i].values) << a.weights[i].layer;
  }
  ASSERT_EQ(a.epochs.size(), b.epochs.size());
  for (std::size_t i = 0; i < a.epochs.size(); ++i) {
    EXPECT_EQ(a.epochs[i].train_loss, b.epochs[i].train_loss);
    EXPECT_EQ(a.epochs[i].train_score, b.epochs[i].train_score);
    EXPECT_EQ(a.epochs[i].test_loss, b.epochs[i].test_loss);
    EXPECT_EQ(a.epochs[i].test_score, b.epochs[i].test_score);
    EXPECT_EQ(a.epochs[i].penalty, b.epochs[i].penalty);
    EXPECT_EQ(a.epochs[i].worst_margin_bits, b.epochs[i].worst_margin_bits);
    EXPECT_EQ(a.epochs[i].sparsity, b.epochs[i].sparsity);
  }
}

class Reproducible : public ::testing::TestWithParam<const char*> {};

TEST_P(Reproducible, EqualSeedsGiveEqualBits) {
  const Experiment experiment = tinyExperiment({{"quant.method", GetParam()}});
  const DataSet data = digits();
  const auto first = train(experiment, data);
  const auto second = train(experiment, data);
  ASSERT_TRUE(first) << describe(first.error());
  ASSERT_TRUE(second) << describe(second.error());
  expectEqual(*first, *second);
}

INSTANTIATE_TEST_SUITE_P(Methods, Reproducible, ::testing::Values("float", "qat", "a2q", "a2q+"),
                         [](const auto& chosen) {
                           const std::string name = chosen.param;
                           return name == "a2q+" ? "a2q_plus" : name;
                         });

TEST(ReproducibleTraining, WhatTheObserverDoesChangesNothing) {
  const Experiment experiment = tinyExperiment();
  const DataSet data = digits();
  PauseGate gate;
  Recorder recorder;
  recorder.at_step = [&](const StepReport& report) {
    if (report.batch != 3) return;
    gate.pause();
    gate.resume();
  };
  const auto watched = train(experiment, data, recorder, {{}, &gate});
  const auto plain = train(experiment, data);
  ASSERT_TRUE(watched && plain);
  expectEqual(*watched, *plain);
}

TEST(ReproducibleTraining, AnotherSeedGivesOtherWeights) {
  const DataSet data = digits();
  const auto first = train(tinyExperiment({{"training.seed", "1"}}), data);
  const auto second = train(tinyExperiment({{"training.seed", "2"}}), data);
  ASSERT_TRUE(first && second);
  EXPECT_NE(parameter(*first, "conv1.v"), parameter(*second, "conv1.v"));
  EXPECT_NE(first->weights.at(1).values, second->weights.at(1).values);
  EXPECT_NE(first->epochs.at(0).train_loss, second->epochs.at(0).train_loss);
}

// Before the first step only the initial weights differ between seeds, and only by them.
TEST(ReproducibleTraining, SeedDecidesTheInitialWeights) {
  const DataSet data = digits(32, 10);
  const auto initial = [&](const char* seed) {
    const auto record =
        train(tinyExperiment({{"training.epochs", "0"}, {"training.seed", seed}}), data);
    return record ? parameter(*record, "fc1.v") : std::vector<float>();
  };
  EXPECT_EQ(initial("1"), initial("1"));
  EXPECT_NE(initial("1"), initial("2"));
  EXPECT_NE(initial("1"), initial("4294967297"));  // the upper half of a seed counts
}

}  // namespace
}  // namespace a2q::testing
