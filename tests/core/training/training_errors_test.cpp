// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include "tests/core/training/tiny_training.h"

namespace a2q::testing {
namespace {

/// The code of the error, which must be there.
ErrorCode codeOf(const Result<RunRecord>& record) {
  EXPECT_FALSE(record.has_value());
  return record ? ErrorCode::kInternal : record.error().code;
}

TEST(TrainingErrors, DataOfAnotherShape) {
  for (const Shape shape : {Shape{1, 14, 14}, Shape{3, 28, 28}, Shape{28, 28, 1}}) {
    EXPECT_EQ(codeOf(train(tinyExperiment(), brightnessData(shape, 10, 20))),
              ErrorCode::kDataShape);
  }
}

TEST(TrainingErrors, MoreClassesThanOutputs) {
  const auto record = train(tinyExperiment(), brightnessData({1, 28, 28}, 11, 22));
  ASSERT_EQ(codeOf(record), ErrorCode::kDataShape);
  EXPECT_NE(record.error().message.find("11 classes"), std::string::npos) << record.error().message;
}

TEST(TrainingErrors, FewerClassesThanOutputsAreFine) {
  const auto record = train(tinyExperiment(), brightnessData({1, 28, 28}, 3, 66));
  ASSERT_TRUE(record) << describe(record.error());
  EXPECT_EQ(record->state, RunState::kFinished);
}

TEST(TrainingErrors, NoSamples) {
  EXPECT_EQ(codeOf(train(tinyExperiment(), brightnessData({1, 28, 28}, 10, 0))),
            ErrorCode::kDataShape);
  DataSet no_test = brightnessData({1, 28, 28}, 10, 20);
  no_test.test.labels.clear();
  no_test.test.pixels.clear();
  EXPECT_EQ(codeOf(train(tinyExperiment(), no_test)), ErrorCode::kDataShape);
}

TEST(TrainingErrors, NetworkThatDoesNotPlan) {
  Experiment experiment = tinyExperiment();
  experiment.quant.accumulator_bits = BitWidth{4};
  EXPECT_EQ(codeOf(train(experiment, digits(32, 10))), ErrorCode::kAccumulatorTooSmall);
  experiment = tinyExperiment();
  experiment.network.layers.at(4).inputs = {"nobody"};
  EXPECT_EQ(codeOf(train(experiment, digits(32, 10))), ErrorCode::kGraphReference);
}

TEST(TrainingErrors, DevicesThatAreNotThere) {
  const DataSet data = digits(32, 10);
  for (const char* device :
       {"cuda:99", "", "gpu", "cuda:-3", "cuda:x", "mkldnn", "cpu:7", "meta", "cpu "}) {
    Recorder recorder;
    const auto record = train(tinyExperiment(), data, recorder, {}, {device, 1});
    EXPECT_EQ(codeOf(record), ErrorCode::kDeviceUnavailable) << device;
    EXPECT_TRUE(recorder.steps.empty()) << device;
  }
}

TEST(TrainingErrors, CudaWorksOrIsNamedAsMissing) {
  Recorder recorder;
  const auto record = train(tinyExperiment(), digits(32, 10), recorder, {}, {"cuda", 1});
  if (!record) {
    EXPECT_EQ(record.error().code, ErrorCode::kDeviceUnavailable) << describe(record.error());
  } else {
    EXPECT_EQ(record->state, RunState::kFinished);
  }
}

TEST(UnusualTraining, BatchLargerThanTheData) {
  Recorder recorder;
  const auto record =
      train(tinyExperiment({{"training.batch_size", "1000000"}}), digits(40, 20), recorder);
  ASSERT_TRUE(record) << describe(record.error());
  EXPECT_EQ(record->state, RunState::kFinished);
  EXPECT_EQ(recorder.steps.size(), 2U);
  EXPECT_EQ(recorder.steps.front().batches, 1);
}

TEST(UnusualTraining, NoEpochsGiveTheInitialNetwork) {
  const auto record = train(tinyExperiment({{"training.epochs", "0"}}), digits(32, 10));
  ASSERT_TRUE(record) << describe(record.error());
  EXPECT_EQ(record->state, RunState::kFinished);
  EXPECT_TRUE(record->epochs.empty());
  EXPECT_EQ(record->weights.size(), 4U);
  EXPECT_TRUE(record->certificate.safe());
}

// A channel of one value has no unbiased variance; the running statistics must survive it.
TEST(UnusualTraining, OneSampleInTheLastBatch) {
  for (const char* method : {"float", "a2q"}) {
    const auto record = train(tinyExperiment({{"quant.method", method}}), digits(33, 20));
    ASSERT_TRUE(record) << describe(record.error());
    EXPECT_EQ(record->state, RunState::kFinished) << record->state_cause;
    EXPECT_TRUE(parametersFinite(*record)) << method;
  }
}

TEST(UnusualTraining, OneSampleInEveryBatch) {
  for (const char* method : {"float", "a2q"}) {
    const auto record = train(
        tinyExperiment({{"quant.method", method}, {"training.batch_size", "1"}}), digits(24, 20));
    ASSERT_TRUE(record) << describe(record.error());
    EXPECT_EQ(record->state, RunState::kFinished) << record->state_cause;
    EXPECT_TRUE(parametersFinite(*record)) << method;
  }
}

TEST(UnusualTraining, BlackImagesAndOneClass) {
  DataSet data = brightnessData({1, 28, 28}, 1, 64);
  for (ImageSet* set : {&data.train, &data.test}) {
    std::fill(set->pixels.begin(), set->pixels.end(), std::uint8_t{0});
  }
  for (const char* method : {"float", "qat", "a2q", "a2q+"}) {
    const auto record = train(tinyExperiment({{"quant.method", method}}), data);
    ASSERT_TRUE(record) << describe(record.error());
    EXPECT_EQ(record->state, RunState::kFinished) << method << record->state_cause;
    EXPECT_TRUE(parametersFinite(*record)) << method;
  }
}

TEST(UnusualTraining, ZeroLearningRateMovesNoWeight) {
  const auto initial = train(tinyExperiment({{"training.epochs", "0"}}), digits(64, 20));
  for (const char* optimizer : {"adam", "sgd"}) {
    const auto record =
        train(tinyExperiment({{"training.learning_rate", "0"}, {"training.optimizer", optimizer}}),
              digits(64, 20));
    ASSERT_TRUE(initial && record);
    EXPECT_EQ(parameter(*initial, "conv2.v"), parameter(*record, "conv2.v")) << optimizer;
  }
}

}  // namespace
}  // namespace a2q::testing
