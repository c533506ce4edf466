// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/checkpoint.h"

#include <gmock/gmock.h>

#include <cmath>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <limits>

#include "core/training/checkpoint_writer.h"
#include "core/training/result_folder.h"
#include "core/training/tensor_file.h"
#include "tests/core/training/tiny_training.h"

namespace a2q::testing {
namespace {

namespace fs = std::filesystem;

class CheckpointFile : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
    folder_ = fs::path(::testing::TempDir()) / (std::string("checkpoint_") + test->name());
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    path_ = folder_ / kCheckpointFile;
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string bytes() const {
    std::ifstream file(path_, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  fs::path folder_;
  fs::path path_;
};

/// A checkpoint whose numbers are hard to keep.
Checkpoint awkward() {
  Checkpoint out;
  out.experiment = tinyExperiment();
  out.position = {TrainPhase::kFloat, 7, 31};
  out.sums = {0.1 + 0.2, 1.0 / 3, 1e-310, -0.0, std::nextafter(1.0, 2.0)};
  out.seconds = 1e300;
  EpochRecord epoch;
  epoch.phase = TrainPhase::kFloat;
  epoch.metric = Metric::kPsnr;
  epoch.epoch = 3;
  epoch.train_loss = 0.1;
  epoch.test_score = std::numeric_limits<double>::infinity();
  epoch.worst_margin_bits = -std::numeric_limits<double>::infinity();
  out.epochs = {epoch, EpochRecord{}};
  out.steps = ScalarSeries({"loss", "\"odd\", name"});
  for (int i = 0; i < 3000; ++i) out.steps.append(std::vector<double>{i / 7.0, -1.0 / (i + 1)});
  const float value = 0.1F;
  NamedTensor tensor{"conv1.v", TensorType::kFloat32, {1}, {}};
  tensor.bytes.resize(sizeof value);
  std::memcpy(tensor.bytes.data(), &value, sizeof value);
  out.parameters = {tensor};
  tensor.name = "conv1.v.momentum";
  out.optimizer = {tensor};
  return out;
}

TEST_F(CheckpointFile, KeepsEveryNumberToTheBit) {
  const Checkpoint written = awkward();
  ASSERT_TRUE(writeCheckpoint(path_, written));
  const auto read = readCheckpoint(path_);
  ASSERT_TRUE(read) << describe(read.error());
  EXPECT_EQ(read->experiment, written.experiment);
  EXPECT_EQ(read->position, written.position);
  EXPECT_EQ(read->sums, written.sums);
  EXPECT_EQ(read->seconds, written.seconds);
  EXPECT_EQ(read->epochs, written.epochs);
  ASSERT_EQ(read->steps.rows(), written.steps.rows());
  EXPECT_EQ(read->steps.columns(), written.steps.columns());
  for (const std::size_t row : {0U, 1023U, 1024U, 2999U}) {
    EXPECT_TRUE(std::ranges::equal(read->steps.row(row), written.steps.row(row))) << row;
  }
  ASSERT_EQ(read->parameters.size(), 1U);
  EXPECT_EQ(read->parameters[0].bytes, written.parameters[0].bytes);
  ASSERT_EQ(read->optimizer.size(), 1U);
  EXPECT_EQ(read->optimizer[0].name, "conv1.v.momentum");
}

TEST_F(CheckpointFile, EqualContentGivesEqualBytes) {
  ASSERT_TRUE(writeCheckpoint(path_, awkward()));
  const std::string first = bytes();
  ASSERT_TRUE(writeCheckpoint(path_, awkward()));
  EXPECT_EQ(bytes(), first);
}

TEST_F(CheckpointFile, ATruncatedFileIsAnErrorWithARemedy) {
  ASSERT_TRUE(writeCheckpoint(path_, awkward()));
  const auto size = fs::file_size(path_);
  for (const auto length : {size - 1, size / 2, std::uintmax_t{9}, std::uintmax_t{0}}) {
    fs::resize_file(path_, length);
    const auto read = readCheckpoint(path_);
    ASSERT_FALSE(read) << length;
    EXPECT_EQ(read.error().code, ErrorCode::kFileFormat);
    EXPECT_FALSE(read.error().remedy.empty());
  }
}

TEST_F(CheckpointFile, ANewerSchemaSaysSo) {
  ASSERT_TRUE(writeTensorFile(path_, {}, {{kSchemaKey, "a2q-checkpoint-2"}}));
  const auto read = readCheckpoint(path_);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, ErrorCode::kFileNewer);
}

TEST_F(CheckpointFile, AFileOfSomebodyElseIsNotTaken) {
  ASSERT_TRUE(writeTensorFile(path_, {}, {{"format", "pt"}}));
  EXPECT_EQ(readCheckpoint(path_).error().code, ErrorCode::kFileFormat);
  EXPECT_EQ(readTrainedModel(path_).error().code, ErrorCode::kFileFormat);
  EXPECT_EQ(readTrainedModel(folder_ / "nowhere").error().code, ErrorCode::kReadFailed);
}

TEST_F(CheckpointFile, AFolderGivesItsWeightsThenItsBestThenItsLast) {
  EXPECT_EQ(readTrainedModel(folder_).error().code, ErrorCode::kReadFailed);
  Recorder recorder;
  const auto record = train(tinyExperiment({{"training.epochs", "2"}}), digits(64, 20), recorder);
  ASSERT_TRUE(record);
  CheckpointWriter writer(folder_);
  writer.onCheckpoint(recorder.checkpoints.back(), CheckpointKind::kLast);
  EXPECT_EQ(readTrainedModel(folder_)->path.filename(), kCheckpointFile);
  writer.onCheckpoint(recorder.best.back(), CheckpointKind::kBest);
  EXPECT_EQ(readTrainedModel(folder_)->path.filename(), kBestFile);
  EXPECT_FALSE(writer.problem());
  ASSERT_TRUE(writeResultFolder(folder_, *record));
  const auto model = readTrainedModel(folder_);
  ASSERT_TRUE(model);
  EXPECT_EQ(model->path.filename(), kWeightsFile);
  EXPECT_EQ(model->experiment, record->experiment);
}

TEST_F(CheckpointFile, AWriterThatCannotWriteKeepsTheProblem) {
  CheckpointWriter writer(folder_ / "gone");
  writer.onCheckpoint(awkward(), CheckpointKind::kLast);
  ASSERT_TRUE(writer.problem());
  EXPECT_EQ(writer.problem()->code, ErrorCode::kWriteFailed);
}

TEST(BestEpoch, IsTheFirstBestOfTheMainPhase) {
  const auto epoch = [](TrainPhase phase, std::int64_t number, double score) {
    EpochRecord record;
    record.phase = phase;
    record.epoch = number;
    record.test_score = score;
    return record;
  };
  EXPECT_EQ(bestEpoch({}), nullptr);
  EXPECT_EQ(bestEpoch({epoch(TrainPhase::kFloat, 1, 0.99)}), nullptr);
  const std::vector<EpochRecord> epochs{
      epoch(TrainPhase::kFloat, 1, 0.99), epoch(TrainPhase::kMain, 1, 0.5),
      epoch(TrainPhase::kMain, 2, 0.8), epoch(TrainPhase::kMain, 3, 0.8)};
  EXPECT_EQ(bestEpoch(epochs)->epoch, 2);
}

}  // namespace
}  // namespace a2q::testing
