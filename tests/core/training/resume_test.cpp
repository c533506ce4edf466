// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>

#include <filesystem>
#include <stop_token>

#include "tests/core/training/tiny_training.h"

namespace a2q::testing {
namespace {

namespace fs = std::filesystem;

/// A training and the batches, over both phases, after which it is stopped.
struct Case {
  std::string name;
  std::vector<std::pair<const char*, const char*>> settings;
  std::vector<std::size_t> stops;
};

Experiment experimentOf(const Case& one) {
  Experiment experiment = tinyExperiment({{"training.epochs", "3"}});
  for (const auto& [key, value] : one.settings) {
    experiment = withSetting(experiment, key, value).value();
  }
  return experiment;
}

/// Stops itself after that many steps in all.
RunControl stopAfter(Recorder& recorder, std::stop_source& source, std::size_t steps) {
  recorder.at_step = [&source, steps](const StepReport& report) {
    if (report.step >= static_cast<std::int64_t>(steps)) source.request_stop();
  };
  return {source.get_token(), nullptr};
}

/// A checkpoint as a file keeps it.
Checkpoint throughFile(const Checkpoint& checkpoint) {
  const fs::path path = fs::path(::testing::TempDir()) / "resume_test.safetensors";
  const auto written = writeCheckpoint(path, checkpoint);
  EXPECT_TRUE(written) << describe(written.error());
  auto read = readCheckpoint(path);
  EXPECT_TRUE(read) << describe(read.error());
  return read ? *read : Checkpoint{};
}

void expectSameResult(const RunRecord& resumed, const RunRecord& whole) {
  ASSERT_EQ(resumed.parameters.size(), whole.parameters.size());
  for (std::size_t i = 0; i < whole.parameters.size(); ++i) {
    EXPECT_EQ(resumed.parameters[i].name, whole.parameters[i].name);
    EXPECT_EQ(resumed.parameters[i].bytes, whole.parameters[i].bytes) << whole.parameters[i].name;
  }
  ASSERT_EQ(resumed.epochs.size(), whole.epochs.size());
  for (std::size_t i = 0; i < whole.epochs.size(); ++i) {
    EpochRecord resumed_epoch = resumed.epochs[i];
    resumed_epoch.seconds = whole.epochs[i].seconds;
    EXPECT_EQ(resumed_epoch, whole.epochs[i]) << "epoch " << i;
  }
  ASSERT_EQ(resumed.steps.rows(), whole.steps.rows());
  for (std::size_t i = 0; i < whole.steps.rows(); ++i) {
    EXPECT_EQ(resumed.steps.row(i)[3], whole.steps.row(i)[3]) << "loss of step " << i;
  }
}

class Resume : public ::testing::TestWithParam<Case> {};

TEST_P(Resume, StopAndGoOnEqualsAnUninterruptedRunBitByBit) {
  const Experiment experiment = experimentOf(GetParam());
  const DataSet data = digits(96, 40);  // 3 batches an epoch
  const auto whole = train(experiment, data);
  ASSERT_TRUE(whole) << describe(whole.error());
  ASSERT_EQ(whole->state, RunState::kFinished) << whole->state_cause;

  std::optional<Checkpoint> checkpoint;
  for (const std::size_t stop : GetParam().stops) {
    Recorder recorder;
    std::stop_source source;
    const RunControl control = stopAfter(recorder, source, stop);
    const auto stopped = checkpoint ? resume(*checkpoint, data, recorder, control)
                                    : train(experiment, data, recorder, control);
    ASSERT_TRUE(stopped) << describe(stopped.error());
    ASSERT_EQ(stopped->state, RunState::kStopped);
    ASSERT_FALSE(recorder.checkpoints.empty());
    EXPECT_EQ(recorder.checkpoints.back().steps.rows(), stop);
    checkpoint = throughFile(recorder.checkpoints.back());
  }
  Recorder recorder;
  const auto resumed = resume(*checkpoint, data, recorder);
  ASSERT_TRUE(resumed) << describe(resumed.error());
  EXPECT_EQ(resumed->state, RunState::kFinished);
  expectSameResult(*resumed, *whole);
}

INSTANTIATE_TEST_SUITE_P(
    Trainings, Resume,
    ::testing::Values(
        Case{"A2qAdam", {}, {4}}, Case{"StoppedAtTheEndOfAnEpoch", {}, {3}},
        Case{"StoppedThreeTimesWhileScalesSettle", {}, {1, 2, 7}},
        Case{"QatSgd", {{"quant.method", "qat"}, {"training.optimizer", "sgd"}}, {5}},
        Case{"FloatCosineClipped",
             {{"quant.method", "float"}, {"training.gradient_clip", "0.5"}},
             {4}},
        Case{"Augmented",
             {{"data.augment.pad", "2"},
              {"data.augment.flip", "true"},
              {"training.schedule.kind", "step"},
              {"training.schedule.every", "1"}},
             {2, 8}},
        Case{"InTheFloatPhase", {{"training.float.epochs", "2"}, {"quant.method", "a2q+"}}, {4}},
        Case{"BetweenThePhases", {{"training.float.epochs", "2"}}, {6}},
        Case{"BehindTheFloatPhase", {{"training.float.epochs", "1"}}, {2, 5}}),
    [](const auto& one) { return one.param.name; });

TEST(ResumeErrors, AnotherNetworkIsNamed) {
  Recorder recorder;
  ASSERT_TRUE(train(tinyExperiment(), digits(64, 20), recorder));
  Checkpoint checkpoint = recorder.checkpoints.front();
  checkpoint.experiment = withSetting(checkpoint.experiment, "quant.method", "float").value();
  checkpoint.experiment.training.epochs = 9;
  std::erase_if(checkpoint.parameters, [](const auto& tensor) { return tensor.name == "conv2.v"; });
  const auto resumed = resume(checkpoint, digits(64, 20), recorder);
  ASSERT_FALSE(resumed);
  EXPECT_EQ(resumed.error().code, ErrorCode::kFileFormat);
  EXPECT_NE(resumed.error().cause.find("conv2.v"), std::string::npos);
}

TEST(ResumeErrors, OtherDataAreNamed) {
  Recorder recorder;
  std::stop_source source;
  const auto stopped =
      train(tinyExperiment(), digits(320, 20), recorder, stopAfter(recorder, source, 9));
  ASSERT_TRUE(stopped);
  const auto resumed = resume(recorder.checkpoints.back(), digits(64, 20), recorder);
  ASSERT_FALSE(resumed);
  EXPECT_EQ(resumed.error().code, ErrorCode::kFileFormat);
}

TEST(LongerTraining, AFinishedRunGoesOnWithMoreEpochs) {
  const Experiment two =
      tinyExperiment({{"training.epochs", "2"}, {"training.schedule.kind", "constant"}});
  const Experiment three =
      tinyExperiment({{"training.epochs", "3"}, {"training.schedule.kind", "constant"}});
  const DataSet data = digits(96, 40);
  Recorder recorder;
  ASSERT_TRUE(train(two, data, recorder));
  Checkpoint checkpoint = recorder.checkpoints.back();
  checkpoint.experiment = three;
  const auto longer = resume(checkpoint, data, recorder);
  const auto whole = train(three, data);
  ASSERT_TRUE(longer && whole);
  expectSameResult(*longer, *whole);
}

}  // namespace
}  // namespace a2q::testing
