// SPDX-License-Identifier: GPL-3.0-or-later
// From float weights to quantized ones: the recipe of the papers, seen from outside.
#include <gmock/gmock.h>

#include <cmath>

#include "tests/core/training/tiny_training.h"

namespace a2q::testing {
namespace {

Result<RunRecord> trainFrom(const std::vector<NamedTensor>& weights, const Experiment& experiment,
                            const DataSet& data) {
  auto trainer = openTrainer();
  if (!trainer) return forward(std::move(trainer));
  Recorder recorder;
  return (*trainer)->train({experiment, data, {"cpu", 2}, &weights}, recorder, {});
}

EvalResult evaluated(const RunRecord& record, const DataSet& data) {
  auto trainer = openTrainer().value();
  auto result = trainer->evaluate(
      {.experiment = record.experiment, .parameters = record.parameters, .data = data}, {});
  EXPECT_TRUE(result) << describe(result.error());
  return result.value_or(EvalResult{});
}

class Recipe : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    shared_data = new DataSet(digits(640, 300));
    auto trained =
        train(tinyExperiment({{"quant.method", "float"}, {"training.epochs", "6"}}), *shared_data);
    ASSERT_TRUE(trained) << describe(trained.error());
    float_run = new RunRecord(std::move(*trained));
  }
  static void TearDownTestSuite() {
    delete shared_data;
    delete float_run;
  }
  static inline DataSet* shared_data = nullptr;
  static inline RunRecord* float_run = nullptr;
};

// Before a single step: quantizing well costs little at eight bits and a wide accumulator.
TEST_F(Recipe, EightBitsKeepTheFloatAccuracyWithoutTraining) {
  const Experiment experiment = tinyExperiment({{"training.epochs", "0"},
                                                {"quant.weight_bits", "8"},
                                                {"quant.accumulator_bits", "32"},
                                                {"quant.activation_bits", "8"}});
  const double floating = evaluated(*float_run, *shared_data).score;
  ASSERT_GT(floating, 0.6);
  for (const char* method : {"qat", "a2q"}) {
    const auto started =
        trainFrom(float_run->parameters, withSetting(experiment, "quant.method", method).value(),
                  *shared_data);
    ASSERT_TRUE(started) << describe(started.error());
    EXPECT_NEAR(evaluated(*started, *shared_data).score, floating, 0.03) << method;
  }
  const auto scratch = train(experiment, *shared_data);
  ASSERT_TRUE(scratch);
  EXPECT_LT(evaluated(*scratch, *shared_data).score, 0.4);
}

TEST_F(Recipe, StartsOnTheBudgetWhateverTheFloatWeights) {
  for (const char* method : {"a2q", "a2q+"}) {
    const auto started = trainFrom(
        float_run->parameters,
        tinyExperiment(
            {{"training.epochs", "0"}, {"quant.accumulator_bits", "12"}, {"quant.method", method}}),
        *shared_data);
    ASSERT_TRUE(started) << describe(started.error());
    EXPECT_TRUE(started->certificate.safe());
  }
}

// Two bits shift the mean output of the last layer, so that its bias must move.
TEST_F(Recipe, TheBiasTakesBackWhatQuantizationShifts) {
  const Experiment experiment = tinyExperiment({{"training.epochs", "0"},
                                                {"quant.method", "qat"},
                                                {"quant.last.weight_bits", "2"},
                                                {"quant.last.activation_bits", "2"}});
  const auto started = trainFrom(float_run->parameters, experiment, *shared_data);
  ASSERT_TRUE(started) << describe(started.error());
  const std::string name = [&] {
    for (const NamedTensor& tensor : float_run->parameters) {
      if (tensor.name.ends_with(".bias")) return tensor.name;
    }
    return std::string();
  }();
  ASSERT_FALSE(name.empty());
  EXPECT_NE(parameter(*started, name), parameter(*float_run, name));
}

TEST_F(Recipe, FloatEpochsAreRecordedAsAPhaseOfTheirOwn) {
  Recorder recorder;
  const auto record = train(tinyExperiment({{"training.epochs", "2"},
                                            {"training.float.epochs", "3"},
                                            {"training.float.learning_rate", "0.02"}}),
                            digits(96, 40), recorder);
  ASSERT_TRUE(record) << describe(record.error());
  ASSERT_EQ(record->epochs.size(), 5U);
  EXPECT_EQ(record->epochs[0].learning_rate, 0.02);
  EXPECT_EQ(record->epochs[2].phase, TrainPhase::kFloat);
  EXPECT_EQ(record->epochs[2].sparsity, std::nullopt);
  EXPECT_EQ(record->epochs[3].phase, TrainPhase::kMain);
  EXPECT_EQ(record->epochs[3].epoch, 1);
  EXPECT_EQ(record->epochs[3].learning_rate, 1e-2);
  EXPECT_TRUE(record->epochs[3].sparsity);
  EXPECT_EQ(record->steps.rows(), 15U);
  EXPECT_EQ(recorder.steps.back().step, 15);
  EXPECT_EQ(bestEpoch(record->epochs)->phase, TrainPhase::kMain);
}

TEST_F(Recipe, WeightsOfAnotherNetworkAreAnError) {
  std::vector<NamedTensor> weights = float_run->parameters;
  for (NamedTensor& tensor : weights) {
    if (tensor.name == "conv2.v") tensor.shape.front() += 1;
  }
  const auto started = trainFrom(weights, tinyExperiment(), *shared_data);
  ASSERT_FALSE(started);
  EXPECT_EQ(started.error().code, ErrorCode::kFileFormat);
  EXPECT_NE(started.error().message.find("conv2.v"), std::string::npos);
}

TEST(EarlyStop, EndsWhenTheTestNoLongerGetsBetter) {
  // Nothing moves at a rate of 0: the first epoch stays the best.
  const auto record = train(tinyExperiment({{"training.epochs", "50"},
                                            {"training.early_stop", "2"},
                                            {"training.learning_rate", "0"},
                                            {"quant.method", "float"},
                                            {"training.schedule.kind", "constant"}}),
                            brightnessData({1, 28, 28}, 10, 40));
  ASSERT_TRUE(record) << describe(record.error());
  EXPECT_EQ(record->state, RunState::kFinished);
  EXPECT_LT(record->epochs.size(), 50U);
  const EpochRecord* best = bestEpoch(record->epochs);
  EXPECT_EQ(record->epochs.back().epoch, best->epoch + 2);
  EXPECT_THAT(record->state_cause, ::testing::HasSubstr("no better test result in 2 epochs"));
}

TEST(GradientClip, BoundsTheStep) {
  // One SGD step without momentum moves all parameters together by at most rate · clip.
  const auto settings = [](const char* clip, const char* epochs) {
    return tinyExperiment({{"training.epochs", epochs},
                           {"training.optimizer", "sgd"},
                           {"training.momentum", "0"},
                           {"training.weight_decay", "0"},
                           {"training.learning_rate", "1"},
                           {"quant.method", "float"},
                           {"training.schedule.kind", "constant"},
                           {"training.gradient_clip", clip}});
  };
  const DataSet data = digits(32, 20);
  const auto initial = train(settings("0.01", "0"), data);
  const auto clipped = train(settings("0.01", "1"), data);
  const auto free = train(settings("0", "1"), data);
  ASSERT_TRUE(initial && clipped && free);
  const auto moved = [&](const RunRecord& record) {
    double sum = 0;
    for (const NamedTensor& tensor : record.parameters) {
      if (tensor.name.find("running") != std::string::npos) continue;
      const auto before = parameter(*initial, tensor.name);
      const auto after = parameter(record, tensor.name);
      for (std::size_t i = 0; i < after.size(); ++i) sum += std::pow(after[i] - before[i], 2);
    }
    return std::sqrt(sum);
  };
  EXPECT_NEAR(moved(*clipped), 0.01, 1e-4);
  EXPECT_GT(moved(*free), 0.02);
}

TEST(InputNormalisation, OffsetAndStepAreWhatTheHardwareSees) {
  // p − 128 as signed codes, and the same network fed with images already shifted by hand.
  Experiment plain = tinyExperiment({{"training.epochs", "1"}});
  Experiment shifted = plain;
  auto& input = std::get<InputLayer>(shifted.network.layers.front().kind);
  input.offset = 40;
  DataSet data = digits(64, 20);
  for (ImageSet* set : {&data.train, &data.test}) {
    for (std::uint8_t& value : set->pixels) value = static_cast<std::uint8_t>(value / 2);
  }
  DataSet moved = data;
  for (ImageSet* set : {&moved.train, &moved.test}) {
    for (std::uint8_t& value : set->pixels) value = static_cast<std::uint8_t>(value + 40);
  }
  const auto direct = train(plain, data);
  const auto encoded = train(shifted, moved);
  ASSERT_TRUE(direct && encoded);
  for (std::size_t i = 0; i < direct->parameters.size(); ++i) {
    EXPECT_EQ(direct->parameters[i].bytes, encoded->parameters[i].bytes);
  }
}

}  // namespace
}  // namespace a2q::testing
